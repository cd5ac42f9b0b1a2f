using Breakwater.Core.Identity;

namespace Breakwater.Core.Events;

/// <summary>The secret half of a webhook.</summary>
public sealed record CallbackConfig(Secret ServiceUri, IReadOnlyDictionary<string, Secret> CustomHeaders, Secret SigningSecret);
