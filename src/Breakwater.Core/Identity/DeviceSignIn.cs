namespace Breakwater.Core.Identity;

/// <summary>A sign-in that a device has begun. An immutable snapshot.</summary>
/// <param name="PrincipalId">Who finished it; null: nobody yet.</param>
/// <param name="Denied">Refused by the person who was asked.</param>
/// <param name="TooSoon">The device asked again before the interval was over.</param>
public sealed record DeviceSignIn(string ClientId, string Scope, Guid? PrincipalId, bool Denied, bool TooSoon);
