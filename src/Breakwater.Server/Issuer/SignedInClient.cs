using Breakwater.Core.Tokens;
using OpenIddict.Server;

namespace Breakwater.Server.Issuer;

/// <summary>Keeps who was found to have signed in, from the step that checks a request to the one that answers it.</summary>
internal static class SignedInClient
{
    private const string Key = "Breakwater.ClientProof";

    public static void Set(OpenIddictServerTransaction transaction, ClientProof proof) => transaction.Properties[Key] = proof;

    public static ClientProof? Find(OpenIddictServerTransaction transaction) => transaction.Properties.GetValueOrDefault(Key) as ClientProof;
}
