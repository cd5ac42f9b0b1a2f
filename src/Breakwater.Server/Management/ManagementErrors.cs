using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>The management plane's rows of the error table: codes that Azure's tools know.</summary>
internal static class ManagementErrors
{
    private const string Arm = "Azure Resource Manager, common error codes";

    public static readonly OciErrorCode InvalidRequest = new("InvalidRequestContent", 400, "The request's content is not valid.", Arm);
    public static readonly OciErrorCode InvalidFilter = new("InvalidFilterInQueryString", 400, "The filter is not supported here.", Arm);
    public static readonly OciErrorCode MissingApiVersion = new("MissingApiVersionParameter", 400, "The api-version query parameter (?api-version=) is required for all requests.", Arm);
    public static readonly OciErrorCode InvalidApiVersion = new("InvalidApiVersionParameter", 400, "The api-version is not valid. Use the form 2022-04-01 or 2022-04-01-preview.", Arm);
    public static readonly OciErrorCode NotFound = new("ResourceNotFound", 404, "There is no such resource.", Arm);
    public static readonly OciErrorCode GroupNotFound = new("ResourceGroupNotFound", 404, "There is no such resource group.", Arm);
    public static readonly OciErrorCode GroupNotEmpty = new("ResourceGroupNotEmpty", 409, "The resource group holds registries.", "Breakwater");
    public static readonly OciErrorCode DefaultGroup = new("DefaultResourceGroup", 409, "This resource group belongs to the installation and cannot be deleted.", "Breakwater");
    public static readonly OciErrorCode AssignmentExists = new("RoleAssignmentExists", 409, "The role assignment already exists.", "Azure RBAC, troubleshooting");
    public static readonly OciErrorCode PrincipalNotFound = new("PrincipalNotFound", 400, "The directory has no such principal.", "Azure RBAC, troubleshooting");
    public static readonly OciErrorCode IdentityNotFound = new("FailedIdentityOperation", 400, "There is no such managed identity.", "Azure managed identities");
    public static readonly OciErrorCode RoleNotFound = new("RoleDefinitionDoesNotExist", 400, "There is no such role definition.", "Azure RBAC, troubleshooting");
    public static readonly OciErrorCode PrincipalTypeWrong = new("UnmatchedPrincipalType", 400, "The principal is of another type.", "Azure RBAC, troubleshooting");
    public static readonly OciErrorCode RoleIsBuiltIn = new("RoleDefinitionIsBuiltIn", 403, "A built-in role can be neither changed nor deleted. Make a role of your own, under another id.", "Breakwater");
    public static readonly OciErrorCode RoleNameTaken = new("RoleDefinitionWithSameNameExists", 409, "Another role has this name. Choose another one.", "Azure RBAC, troubleshooting");
    public static readonly OciErrorCode RoleIsGiven = new("RoleDefinitionHasAssignments", 400, "Somebody has this role, at a scope where it could no longer be given. Delete those role assignments first.", "Azure RBAC, troubleshooting");
    public static readonly OciErrorCode TooManyRoles = new("RoleDefinitionLimitExceeded", 400, "There are as many custom roles as can be kept. Delete one that is no longer used.", "Azure RBAC, troubleshooting");
    public static readonly OciErrorCode InvalidCondition = new("InvalidCondition", 400, "The condition is not valid.", "Azure RBAC, conditions");
    public static readonly OciErrorCode AdminUserDisabled = new("UnAuthorizedForCredentialOperations", 400, "The admin user is disabled. Set properties.adminUserEnabled to true first.", "Azure Container Registry");
    public static readonly OciErrorCode InUse = new("ResourceInUse", 409, "The resource is in use.", "Breakwater");
    public static readonly OciErrorCode RegistryNameTaken = new("AlreadyInUse", 409, "The name is already in use. Choose another one.", "Azure Container Registry");
    public static readonly OciErrorCode RegistryNameDeleted = new("AlreadyInUse", 409, "A deleted registry has this name. Recover or purge it (deletedRegistries), or choose another name.", "Breakwater");
    public static readonly OciErrorCode FirstRegistry = new("FirstRegistry", 409, "This registry answers on the server's plain address and cannot be deleted. Delete its repositories instead.", "Breakwater");
    public static readonly OciErrorCode LocationDiffers = new("InvalidResourceLocation", 409, "The resource is in another location.", Arm);
    public static readonly OciErrorCode PreconditionFailed = new("PreconditionFailed", 412, "The resource is not at the revision that If-Match or If-None-Match asks for. Read it again.", "RFC 9110, section 13.1");
    public static readonly OciErrorCode LocksOutCaller = new("CallerWouldBeLockedOut", 409, "The rules would refuse your own address. Add it to them first, or repeat the request with confirm=true in its query.", "Breakwater");
    public static readonly OciErrorCode ClosesToCaller = new("CallerWouldBeLockedOut", 409, "Without public access you would be refused: you came by no approved private endpoint of this registry. Come by one, or repeat the request with confirm=true in its query.", "Breakwater");
    public static readonly OciErrorCode KeyChanged = new("Conflict", 409, "The registry's keys were wrapped anew by somebody else at the same time. Nothing was changed; try again.", "Breakwater");
    public static readonly OciErrorCode RotationUnderWay = new("Conflict", 409, "The registry's root key is being exchanged already; rootKeyRotation says how far it is.", "Breakwater");
    public static readonly OciErrorCode QuotaExceeded = new("QuotaExceeded", 409, "There is as much as the registry's tier holds.", "Azure Container Registry");
    public static readonly OciErrorCode NotInTier = new("FeatureNotInSku", 400, "The registry's tier does not have this.", "Breakwater");
    public static readonly OciErrorCode NameTaken = new("NameAlreadyInUse", 409, "A user, a token or a registry has this name. Choose another one.", "Breakwater");
    public static readonly OciErrorCode LastOwner = new("LastOwner", 409, "This is the last assignment that lets an enabled user manage the whole installation. Make another user Owner first.", "Breakwater");
}
