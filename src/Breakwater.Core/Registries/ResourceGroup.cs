using System.Collections.Immutable;

namespace Breakwater.Core.Registries;

/// <summary>ARM's resource group: what registries are in, and where roles can be given for all of them. An immutable snapshot.</summary>
/// <param name="Id">Random, never reused: a group made again under the same name inherits nothing.</param>
/// <param name="Name">Unlike in case is the same.</param>
/// <param name="Location">What its creator called the place where it is; nothing depends on it.</param>
/// <param name="Labels">ARM's tags.</param>
public sealed record ResourceGroup(Guid Id, string Name, string Location, ImmutableSortedDictionary<string, string> Labels);
