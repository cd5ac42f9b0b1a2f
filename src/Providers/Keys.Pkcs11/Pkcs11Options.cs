namespace Breakwater.Keys.Pkcs11;

/// <summary>What the operator says of an HSM.</summary>
/// <param name="Library">The vendor's PKCS#11 library, an absolute path.</param>
/// <param name="Token">The label of the token; keys of other tokens cannot be named.</param>
/// <param name="PinFile">A file with the user's PIN.</param>
/// <param name="Sessions">Most sessions at once. Default 8.</param>
internal sealed record Pkcs11Options(string Library, string Token, string PinFile, int Sessions = 8);
