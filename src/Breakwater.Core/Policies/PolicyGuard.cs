using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Imports;
using Breakwater.Core.Tags;
using Breakwater.Oci;

namespace Breakwater.Core.Policies;

/// <summary>
/// Asks a registry's policies about the changes of one transaction. Only there is known what a manifest is and what a tag means, so every
/// path that pushes, moves or removes one takes a guard.
/// </summary>
internal sealed class PolicyGuard
{
    private readonly RepositoryName _repository;
    private readonly Func<RepositoryActions, bool> _allows;
    private readonly RegistryPolicies _policies;
    private readonly SigningPolicy _signing;
    private readonly bool _keepsTags;

    private PolicyGuard(RepositoryName repository, Func<RepositoryActions, bool> allows, RegistryPolicies policies, bool keepsTags = false)
    {
        _keepsTags = keepsTags;
        _repository = repository;
        _allows = allows;
        _policies = policies;
        _signing = policies.Signing;
    }

    /// <summary>Made in the transaction that it guards.</summary>
    public static PolicyGuard Of(DbConnection db, RepositoryAccess access) => new(access.Repository, access.Allows, PolicyRow.Read(db, access.Registry.Id), access.KeepsTags);

    /// <summary>For a question only: nothing may be changed behind it.</summary>
    /// <param name="allows">What the one who is asked about may do in the repository.</param>
    public static PolicyGuard ForQuestion(DbConnection db, Guid registryId, RepositoryName repository, Func<RepositoryActions, bool> allows) =>
        new(repository, allows, PolicyRow.Read(db, registryId));

    /// <summary>Whether it has nothing to refuse in a deletion.</summary>
    public bool IsIdle => !_signing.Required && _policies.WriteOnce.IsEmpty;

    /// <summary>Whether what is deleted goes into the recycle bin.</summary>
    public bool KeepsDeleted => _policies.SoftDelete.IsEnabled;

    /// <summary>A manifest is about to come back from the recycle bin.</summary>
    public void Restore(string digest, SignatureKind kind) => Refuse(kind, $"manifest {digest}");

    /// <summary>A manifest is about to be pushed under these tags.</summary>
    /// <exception cref="AccessDeniedException">It is a signature and the caller may not sign, or is none and the caller may only sign.</exception>
    public void Push(ManifestSignature signature, IReadOnlyList<TagName> tags)
    {
        if (!IsForSigners(signature, tags) && !_allows(RepositoryActions.Push))
            throw new AccessDeniedException(RepositoryActions.Push, "You may push signatures only, by digest or under the tags that cosign gives them, and with nothing else in them.");
        Refuse(signature.Kind, "manifest");
        foreach (var tag in tags)
            PushUnder(tag);
    }

    /// <summary>A tag is about to be set, whatever to.</summary>
    public void PushUnder(TagName tag) => Refuse(SignatureTags.KindOf(tag), $"tag {tag}");

    /// <summary>A tag is about to mean another manifest.</summary>
    /// <exception cref="DisallowedException">The tag is write-once.</exception>
    /// <exception cref="OciException"><c>Conflict</c>: an import that moves no tags.</exception>
    public void Move(TagName tag, TagLockRow before)
    {
        if (_keepsTags)
            throw ImportErrors.TagExists(_repository, tag);
        RefuseWriteOnce(tag);
        Refuse(before.SignatureKind, $"manifest that the tag {tag} means");
    }

    /// <summary>A tag is about to go, alone or with its manifest or repository.</summary>
    /// <param name="kind">What it means.</param>
    /// <exception cref="DisallowedException">The tag is write-once.</exception>
    public void Remove(TagName tag, SignatureKind kind)
    {
        RefuseWriteOnce(tag);
        Refuse(SignatureTags.KindOf(tag), $"tag {tag}");
        Refuse(kind, $"manifest that the tag {tag} means");
    }

    /// <summary>A manifest is about to go.</summary>
    public void Remove(string digest, SignatureKind kind) => Refuse(kind, $"manifest {digest}");

    private void Refuse(SignatureKind kind, string what)
    {
        if (_signing.Covers(kind) && !_allows(RepositoryActions.Sign))
            throw new AccessDeniedException(
                RepositoryActions.Sign, $"This registry's signing policy asks for the right to sign, since the {what} is a signature to clients. The role AcrImageSigner gives it.",
                new ContentObstacle("signingPolicy", what, "is a signature to clients, and the registry's signing policy is enabled.", "Have the right to sign (AcrImageSigner), or have policies.signingPolicy of the registry disabled."));
    }

    private void RefuseWriteOnce(TagName tag)
    {
        foreach (var rule in _policies.WriteOnce)
        {
            if (rule.Covers(_repository, tag))
                throw new DisallowedException(new ContentObstacle(
                    "tagImmutabilityPolicy", $"tag {tag}", $"is write-once by the rule '{rule}': it can be neither moved nor removed.",
                    "Push under another tag, or have the rule taken out of the registry's tagImmutabilityPolicy."));
        }
    }

    // A tag of an image must not be moved by who may only sign, whatever it would mean then.
    private bool IsForSigners(ManifestSignature signature, IReadOnlyList<TagName> tags)
    {
        if (!signature.IsPure || !_signing.Covers(signature.Kind))
            return false;
        foreach (var tag in tags)
        {
            if (!_signing.Covers(SignatureTags.KindOf(tag)) && !SignatureTags.IsReferrersTag(tag))
                return false;
        }
        return true;
    }
}
