using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Core.Keys;

namespace Breakwater.Core.Events;

/// <summary>Seals and opens the column <c>webhook.config</c>.</summary>
internal sealed class WebhookConfigs(SecretBox box)
{
    private const string Purpose = "webhook.config";

    public async Task<byte[]> SealAsync(Guid webhookId, WebhookConfig config)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(config);
        var @sealed = await box.SealAsync(Purpose, webhookId, plain, CancellationToken.None);
        CryptographicOperations.ZeroMemory(plain);
        return @sealed;
    }

    public async Task<WebhookConfig> OpenAsync(Guid webhookId, byte[] config)
    {
        var plain = await box.OpenAsync(Purpose, webhookId, config, CancellationToken.None);
        var opened = JsonSerializer.Deserialize<WebhookConfig>(plain) ?? throw new CryptographicException("A webhook's configuration is empty.");
        CryptographicOperations.ZeroMemory(plain);
        return opened;
    }
}
