using Breakwater.Core.Access;
using OpenIddict.Server;

namespace Breakwater.Server.Issuer;

/// <summary>Keeps who was found to have signed in, from the step that checks a request to the one that answers it.</summary>
internal static class SignedInClient
{
    private const string Key = "Breakwater.Caller";

    public static void Set(OpenIddictServerTransaction transaction, Caller caller) => transaction.Properties[Key] = caller;

    public static Caller? Find(OpenIddictServerTransaction transaction) => transaction.Properties.GetValueOrDefault(Key) as Caller;
}
