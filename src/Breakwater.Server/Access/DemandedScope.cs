namespace Breakwater.Server.Access;

/// <param name="Actions">Comma-separated, without spaces.</param>
internal readonly record struct DemandedScope(string Type, string Name, string Actions)
{
    public override string ToString() => $"{Type}:{Name}:{Actions}";
}
