namespace Breakwater.Core.Identity;

/// <summary>A password or another secret text. It prints as <c>***</c> and has no property, so neither logs nor serializers find it.</summary>
public sealed class Secret(string value)
{
    private readonly string _value = value;

    /// <summary>The text itself: for hashing, and for the one place that shows it.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}
