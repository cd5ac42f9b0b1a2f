using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Breakwater.Core.Network;

namespace Breakwater.Core.Events;

/// <summary>Makes the request of an event, sends it, and tells what may be shown of it.</summary>
internal sealed class WebhookSender(EgressGuard guard, EventOptions options, TimeProvider clock) : IDisposable
{
    private const string Version = "1.1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly OutgoingPoster _poster = new(guard, options.Timeout);

    public async Task<(bool IsDelivered, AttemptLog Log)> SendAsync(StartedEvent sent, WebhookConfig config, CancellationToken cancellationToken)
    {
        var uri = ServiceUri.Parse(config.ServiceUri);
        var type = EventPayload.ContentType(sent.PayloadFormat);
        Dictionary<string, string> open = new()
        {
            ["User-Agent"] = "Breakwater-Webhook/1",
            [CustomHeaders.OwnPrefix + "Event"] = sent.Action,
            [CustomHeaders.OwnPrefix + "Event-Id"] = $"{sent.Id:D}",
            [CustomHeaders.OwnPrefix + "Attempt"] = sent.Attempts.ToString(CultureInfo.InvariantCulture),
        };
        var secret = new Dictionary<string, string>(config.Headers, StringComparer.OrdinalIgnoreCase);
        if (ServiceUri.Authorization(uri) is { } authorization)
            secret["Authorization"] = authorization;
        var now = clock.GetUtcNow();
        secret[WebhookSignature.Header] = WebhookSignature.Of(config.SecretsAt(now), now, sent.Body);
        var answer = await _poster.SendAsync(new OutgoingPost(ServiceUri.WithoutCredentials(uri), type, [.. open, .. secret], sent.Body), cancellationToken);

        var shown = new Dictionary<string, string>(open) { ["Content-Type"] = type };
        foreach (var name in secret.Keys)
            shown[name] = KnownSecrets.Hidden;
        return (answer.IsSuccess, new AttemptLog(
            JsonSerializer.Serialize(new { Headers = shown, Method = "POST", RequestUri = ServiceUri.Origin(uri), Version }, Json), Describe(Hide(answer, new KnownSecrets(secret.Values, uri)))));
    }

    /// <summary>An attempt that never left.</summary>
    public static AttemptLog Unsent(string problem) => new(
        JsonSerializer.Serialize(new { Method = "POST", Version }, Json), Describe(OutgoingAnswer.None(502, "Bad Gateway", problem)));

    public void Dispose() => _poster.Dispose();

    // Receivers repeat requests in their answers, and who may read the log may not read the secrets.
    private static OutgoingAnswer Hide(OutgoingAnswer answer, KnownSecrets secrets) => answer with
    {
        Content = secrets.Hide(answer.Content, answer.IsCut),
        Headers = answer.Headers.ToDictionary(header => header.Key, header => secrets.Hide(header.Value, header.Value.Length == OutgoingPoster.MaxHeaderLength)),
        Reason = secrets.Hide(answer.Reason),
    };

    private static string Describe(OutgoingAnswer answer) => JsonSerializer.Serialize(
        new { answer.Content, answer.Headers, ReasonPhrase = answer.Reason, StatusCode = answer.Status.ToString(CultureInfo.InvariantCulture), answer.Version }, Json);
}
