namespace Breakwater.Core.Identity;

/// <param name="DeviceCode">What the device asks with; whoever has it gets the tokens.</param>
/// <param name="UserCode">What the person types.</param>
public sealed record DeviceCodes(Secret DeviceCode, string UserCode);
