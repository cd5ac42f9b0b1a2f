using System.Collections.Frozen;
using System.Formats.Asn1;

namespace Breakwater.Server.Network;

/// <summary>
/// Reads a revocation list from DER. What would make it mean less than it seems to (parts of a list, changes to one, another's certificates) is not taken.
/// </summary>
/// <remarks>
/// <code>
/// CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature BIT STRING }
/// tbsCertList     ::= SEQUENCE { version INTEGER?, signature, issuer, thisUpdate, nextUpdate?, revokedCertificates?, [0] extensions? }
/// revoked         ::= SEQUENCE OF SEQUENCE { serial INTEGER, revocationDate, extensions? }
/// </code>
/// https://www.rfc-editor.org/rfc/rfc5280#section-5.1
/// </remarks>
internal static class RevocationListReader
{
    private const string CrlNumber = "2.5.29.20", Reason = "2.5.29.21", InvalidSince = "2.5.29.24", DeltaOf = "2.5.29.27", PartOf = "2.5.29.28", OtherIssuer = "2.5.29.29", AuthorityKey = "2.5.29.35";
    private const int LastYearOfTwoDigits = 2049;

    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0);

    /// <exception cref="AsnContentException">It is no revocation list.</exception>
    /// <exception cref="InvalidDataException">It is one that cannot be relied on; the message says why.</exception>
    public static RevocationList Read(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var whole = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var signed = whole.PeekEncodedValue();
        var list = whole.ReadSequence();
        var algorithm = whole.ReadEncodedValue();
        var signature = whole.ReadBitString(out var unusedBits);
        whole.ThrowIfNotEmpty();
        if (unusedBits != 0)
            throw new InvalidDataException("Its signature is no whole number of bytes.");
        return ReadSigned(list, algorithm) with { Signed = signed, Algorithm = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier(), Signature = signature };
    }

    private static RevocationList ReadSigned(AsnReader list, ReadOnlyMemory<byte> algorithm)
    {
        if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer) && list.ReadInteger() != 1)
            throw new InvalidDataException("It is of an unknown version.");
        if (!list.ReadEncodedValue().Span.SequenceEqual(algorithm.Span))
            throw new InvalidDataException("It names two algorithms for its signature.");
        var issuer = list.ReadEncodedValue();
        var thisUpdate = ReadTime(list);
        if (!list.HasData || !IsTime(list.PeekTag()))
            throw new InvalidDataException("It does not say when the next one is due (nextUpdate), so nobody can tell whether it still counts.");
        var nextUpdate = ReadTime(list);
        var revoked = list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? ReadRevoked(list.ReadSequence()) : FrozenSet<string>.Empty;
        if (list.HasData)
            RequireHarmless(list.ReadSequence(Extensions).ReadSequence(), CrlNumber, AuthorityKey);
        list.ThrowIfNotEmpty();
        return new RevocationList { Issuer = issuer, ThisUpdate = thisUpdate, NextUpdate = nextUpdate, Revoked = revoked, Signed = default, Algorithm = "", Signature = [] };
    }

    private static FrozenSet<string> ReadRevoked(AsnReader entries)
    {
        var revoked = new HashSet<string>(StringComparer.Ordinal);
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            revoked.Add(ClientChain.SerialOf(entry.ReadIntegerBytes().Span));
            ReadTime(entry);
            if (entry.HasData)
                RequireHarmless(entry.ReadSequence(), Reason, InvalidSince);
            entry.ThrowIfNotEmpty();
        }
        return revoked.ToFrozenSet(StringComparer.Ordinal);
    }

    // What is critical and not known may turn the meaning of all of it (RFC 5280 section 5.2), and so do these three even if they are not called critical.
    private static void RequireHarmless(AsnReader extensions, params ReadOnlySpan<string> known)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var name = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            if (name is DeltaOf or PartOf or OtherIssuer || (isCritical && !known.Contains(name)))
                throw new InvalidDataException($"It is no whole list of one authority (extension {name}). Use a list that is neither a delta, nor a part, nor indirect.");
        }
    }

    private static bool IsTime(Asn1Tag tag) => tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime(LastYearOfTwoDigits) : reader.ReadGeneralizedTime();
}
