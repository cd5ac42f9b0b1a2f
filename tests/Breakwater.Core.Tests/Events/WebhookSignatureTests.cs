using System.Text;
using Breakwater.Core.Events;

namespace Breakwater.Core.Tests.Events;

public sealed class WebhookSignatureTests
{
    /// <summary>A fixed vector, also in docs/webhooks.md: computed with openssl.</summary>
    [Fact]
    public void Of_KnownVector_IsWhatTheDocumentationSays() => Assert.Equal(
        "t=1767323045,v1=7bc2339b9d5814d56ef0776baf6b55e1231207919f0fa89a76c926ecc1e5e0fb",
        WebhookSignature.Of(["bwk_wh_0123456789ABCDEFGHIJKLabcdef"], DateTimeOffset.FromUnixTimeSeconds(1767323045), Encoding.UTF8.GetBytes("""{"id":"x","action":"ping"}""")));

    [Fact]
    public void Of_TwoSecrets_HasBoth() => Assert.Equal(
        2, WebhookSignature.Of(["a", "b"], DateTimeOffset.UnixEpoch, "x"u8).Split(",v1=").Skip(1).Distinct().Count());
}
