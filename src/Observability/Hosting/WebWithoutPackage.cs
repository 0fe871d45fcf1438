namespace Observability.Hosting;

/// <summary>Marks a web application that lacks <c>Observability.AspNetCore</c>: it works, and is told once what is missing.</summary>
internal sealed class WebWithoutPackage;
