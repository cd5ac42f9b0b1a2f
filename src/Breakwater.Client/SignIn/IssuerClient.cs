using Breakwater.Client.Errors;
using Breakwater.Client.Transport;

namespace Breakwater.Client.SignIn;

/// <summary>The server's OpenID Connect issuer, in its AD FS shape, which alone takes a password. See docs/sign-in.md.</summary>
public sealed class IssuerClient(HttpChannel channel, ServerAddress server, TimeProvider clock)
{
    // Programs that sign people in are the ones that Microsoft publishes for every tenant: this is Azure CLI's id.
    private const string PublicClient = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    public Task<IssuedTokens> WithPasswordAsync(string user, string password, Audience audience, CancellationToken stop) =>
        TokenAsync([new("grant_type", "password"), new("client_id", PublicClient), new("username", user), new("password", password), new("scope", AudienceScopes.Lasting(audience))], stop);

    public Task<IssuedTokens> WithRefreshTokenAsync(string token, Audience audience, CancellationToken stop) =>
        TokenAsync([new("grant_type", "refresh_token"), new("client_id", PublicClient), new("refresh_token", token), new("scope", AudienceScopes.Lasting(audience))], stop);

    /// <param name="appId">The application id.</param>
    public Task<IssuedTokens> WithSecretAsync(string appId, string secret, Audience audience, CancellationToken stop) =>
        TokenAsync([new("grant_type", "client_credentials"), new("client_id", appId), new("client_secret", secret), new("scope", AudienceScopes.Of(audience))], stop);

    /// <param name="assertion">A token of another issuer, or one signed by the service principal's certificate. It counts once.</param>
    public Task<IssuedTokens> WithAssertionAsync(string appId, string assertion, Audience audience, CancellationToken stop) => TokenAsync(
        [new("grant_type", "client_credentials"), new("client_id", appId), new("client_assertion_type", AssertionType), new("client_assertion", assertion), new("scope", AudienceScopes.Of(audience))], stop);

    public async Task<DeviceCode> BeginDeviceAsync(Audience audience, CancellationToken stop)
    {
        using var answer = await PostAsync("/adfs/oauth2/devicecode", [new("client_id", PublicClient), new("scope", AudienceScopes.Lasting(audience))], stop);
        return await Answers.ReadAsync<DeviceCode>(answer, stop);
    }

    /// <summary>Asks until a person has entered the code, or its time is over.</summary>
    /// <exception cref="BreakwaterException">Refused, or too late.</exception>
    public async Task<IssuedTokens> EndDeviceAsync(DeviceCode code, Audience audience, CancellationToken stop)
    {
        var interval = TimeSpan.FromSeconds(Math.Clamp(code.IntervalSeconds, 1, 60));
        while (true)
        {
            await Task.Delay(interval, clock, stop);
            try
            {
                return await TokenAsync([new("grant_type", DeviceGrant), new("client_id", PublicClient), new("device_code", code.Code), new("scope", AudienceScopes.Lasting(audience))], stop);
            }
            catch (BreakwaterException e) when (e.Code is "authorization_pending" or "slow_down")
            {
                // RFC 8628, section 3.5: five seconds more, for good.
                interval += e.Code == "slow_down" ? TimeSpan.FromSeconds(5) : TimeSpan.Zero;
            }
        }
    }

    private async Task<IssuedTokens> TokenAsync(KeyValuePair<string, string>[] form, CancellationToken stop)
    {
        using var answer = await PostAsync("/adfs/oauth2/token", form, stop);
        var body = await Answers.ReadAsync<TokenBody>(answer, stop);
        return new IssuedTokens(new HeldToken(body.AccessToken, clock.GetUtcNow() + TimeSpan.FromSeconds(body.ExpiresIn ?? 0)), body.RefreshToken);
    }

    private Task<HttpResponseMessage> PostAsync(string path, KeyValuePair<string, string>[] form, CancellationToken stop) =>
        channel.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, new Uri(server.Uri, path)) { Content = new FormUrlEncodedContent(form) }, stop);
}
