namespace Breakwater.Core.Tokens;

/// <param name="Text">The token; whoever has it has the rights it stands for.</param>
public sealed record IssuedToken(string Text, DateTimeOffset IssuedAt, TimeSpan Lifetime)
{
    public override string ToString() => "***";
}
