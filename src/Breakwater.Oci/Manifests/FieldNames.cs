using System.Text.Json;

namespace Breakwater.Oci;

/// <summary>
/// Matches the names of an object's fields against those that matter. A name given twice is refused, and so is one that differs only by case: readers
/// disagree about which counts (Go's matches names without regard to case), so one body would be two manifests.
/// </summary>
internal ref struct FieldNames(ReadOnlySpan<string> known)
{
    private readonly ReadOnlySpan<string> _known = known;
    private uint _seen;

    /// <summary>The name's index among the known ones; -1 for any other, whose value is to be skipped.</summary>
    /// <exception cref="OciException"><see cref="OciErrors.ManifestInvalid"/>.</exception>
    internal int Match(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < _known.Length; i++)
        {
            if (!reader.ValueTextEquals(_known[i]))
                continue;
            if ((_seen & (1u << i)) != 0)
                throw ManifestParser.Invalid($"The field '{_known[i]}' is given twice in one object.");
            _seen |= 1u << i;
            return i;
        }

        RefuseOtherCase(ref reader);
        return -1;
    }

    private readonly void RefuseOtherCase(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        foreach (var known in _known)
        {
            if (name.Length == known.Length && EqualsFolded(name, known))
                throw ManifestParser.Invalid($"A field differs from '{known}' only by case. Readers would take it for that field.");
        }
    }

    /// <summary>As Go's encoding/json folds: two letters outside ASCII have an ASCII letter as their lower case.</summary>
    private static bool EqualsFolded(string name, string known)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var folded = name[i] switch { '\u017F' => 's', '\u212A' => 'k', var c => c };
            if (char.ToLowerInvariant(folded) != char.ToLowerInvariant(known[i]))
                return false;
        }

        return true;
    }
}
