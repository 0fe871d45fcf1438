namespace Observability.Weaver.Bodies;

/// <summary>Names whose values are never shown, even when somebody asks for them by mistake.</summary>
internal static class SecretName
{
    private static readonly string[] Parts =
        ["password", "passwd", "pwd", "secret", "token", "apikey", "api_key", "api-key", "accesskey", "access_key", "privatekey", "private_key", "credential", "authorization", "cookie", "connectionstring", "connection_string", "cardnumber", "card_number", "cvv"];

    public static bool Is(string name) => Array.Exists(Parts, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
