namespace Breakwater.Client.SignIn;

/// <summary>What the issuer gave.</summary>
/// <param name="Refresh">Null for service principals: they prove themselves again.</param>
public sealed record IssuedTokens(HeldToken Access, string? Refresh)
{
    public override string ToString() => "***";
}
