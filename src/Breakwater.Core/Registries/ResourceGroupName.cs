namespace Breakwater.Core.Registries;

/// <summary>What a resource group can be called.</summary>
/// <remarks>https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources</remarks>
public static class ResourceGroupName
{
    public const int MaxLength = 90;

    /// <summary>Letters and digits of any script, <c>_ - . ( )</c>, and no full stop at the end.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && name[^1] != '.' && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '(' or ')');
}
