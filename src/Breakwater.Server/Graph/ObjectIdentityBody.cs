using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Management;

namespace Breakwater.Server.Graph;

/// <summary>An identity of a user with another issuer, as Microsoft Graph's clients send it. https://learn.microsoft.com/graph/api/resources/objectidentity</summary>
internal sealed record ObjectIdentityBody(string? SignInType, string? Issuer, string? IssuerAssignedId)
{
    private const string Federated = "federated";

    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    /// <exception cref="InvalidValueException">The issuer is not trusted, or the id is none.</exception>
    public UserIdentity ToIdentity(TrustedIssuers issuers) => SignInType == Federated && Issuer is { } issuer && IssuerAssignedId is { } subject
        ? UserIdentity.Of(issuers, issuer, subject)
        : throw new OciException(ManagementErrors.InvalidRequest, "Each of identities needs signInType, which can only be federated, issuer and issuerAssignedId.");

    public static object Render(UserIdentity identity) => new { signInType = Federated, issuer = identity.Issuer, issuerAssignedId = identity.Subject };
}
