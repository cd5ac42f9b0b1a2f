namespace Breakwater.Server.Access;

/// <summary>One missing action in the body of a 401, as ACR writes it.</summary>
internal sealed record ScopeDetail(string Type, string Name, string Action)
{
    public static ScopeDetail[]? Of(DemandedScope? scope) =>
        scope is { } s ? [.. s.Actions.Split(',').Select(action => new ScopeDetail(s.Type, s.Name, action))] : null;
}
