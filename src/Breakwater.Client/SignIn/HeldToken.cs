namespace Breakwater.Client.SignIn;

/// <summary>A token and until when it is good.</summary>
public sealed record HeldToken(string Value, DateTimeOffset ExpiresAt)
{
    // A token that ends while a request is under way helps nobody.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    public bool IsGood(DateTimeOffset now) => now + Margin < ExpiresAt;

    public override string ToString() => "***";
}
