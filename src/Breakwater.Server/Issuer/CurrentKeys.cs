using Breakwater.Core.Tokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Breakwater.Server.Issuer;

/// <summary>Signs and verifies with the ring as it is now; OpenIddict's own options are read once and would not notice a rotation.</summary>
internal sealed class CurrentKeys(SigningKeyRing keys) : IOpenIddictServerHandler<GenerateTokenContext>, IOpenIddictServerHandler<ValidateTokenContext>
{
    // After the built-in handler that takes them from the options, before the one that signs or verifies.
    public static readonly int SigningOrder = OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 1;
    public static readonly int VerifyingOrder = OpenIddictServerHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 1;

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        context.SigningCredentials = keys.Active.Credentials;
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        context.TokenValidationParameters.IssuerSigningKeys = keys.All.Select(key => key.Credentials.Key);
        context.TokenValidationParameters.ValidAlgorithms =
            [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512];
        return ValueTask.CompletedTask;
    }
}
