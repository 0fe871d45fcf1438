namespace Libraries;

public sealed record OrderPlaced(int Id);
