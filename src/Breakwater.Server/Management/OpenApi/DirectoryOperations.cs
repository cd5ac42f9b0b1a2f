using Breakwater.Server.Graph;
using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>Users, groups, applications, by Microsoft Graph.</summary>
internal static class DirectoryOperations
{
    private const string Users = GraphRoute.Root + "/users", Groups = GraphRoute.Root + "/groups", Applications = GraphRoute.Root + "/applications", Services = GraphRoute.Root + "/servicePrincipals";

    private const string Credentials = Applications + "/{id}/federatedIdentityCredentials";

    public static IEnumerable<Operation> All =>
    [
        List(Users, "Users_List", "Lists the users.", Shapes.User, "$filter", "$top"),
        Post(Users, "Users_Create", "Makes a user.", Shapes.User.Body, Shapes.User),
        Get(Users + "/{id}", "Users_Get", "Shows a user, by id or name.", Shapes.User),
        Patch(Users + "/{id}", "Users_Update", "Changes what the body names.", Shapes.User) with { Answer = null },
        Delete(Users + "/{id}", "Users_Delete", "Deletes a user with its roles."),
        List(Groups, "Groups_List", "Lists the groups.", Shapes.DirectoryGroup, "$filter", "$top"),
        Post(Groups, "Groups_Create", "Makes a group.", Shapes.DirectoryGroup.Body, Shapes.DirectoryGroup),
        Get(Groups + "/{id}", "Groups_Get", "Shows a group.", Shapes.DirectoryGroup),
        Delete(Groups + "/{id}", "Groups_Delete", "Deletes a group; its members stay."),
        List(Groups + "/{id}/members", "Groups_ListMembers", "Lists the direct members.", Shapes.Member),
        Post(Groups + "/{id}/members/$ref", "Groups_AddMember", "Adds a member.", typeof(MemberReference), null),
        Delete(Groups + "/{id}/members/{member}/$ref", "Groups_RemoveMember", "Removes a member."),
        .. Principals(Applications, "Applications", Shapes.Application.Body!),
        .. Principals(Services, "ServicePrincipals", typeof(ServicePrincipalBody)),
        List(Credentials, "ApplicationFederatedIdentityCredentials_List", "Lists whose tokens stand for an application.", Shapes.FederatedCredential),
        Post(Credentials, "ApplicationFederatedIdentityCredentials_Create", "Adds a federated credential.", Shapes.FederatedCredential.Body, Shapes.FederatedCredential),
        Get(Credentials + "/{credential}", "ApplicationFederatedIdentityCredentials_Get", "Shows one, by id or name.", Shapes.FederatedCredential),
        Delete(Credentials + "/{credential}", "ApplicationFederatedIdentityCredentials_Delete", "Removes one; what signed in by it ends."),
    ];

    /// <summary>An application and its service principal are one object here.</summary>
    private static IEnumerable<Operation> Principals(string root, string name, Type body) =>
    [
        List(root, $"{name}_List", "Lists them.", Shapes.Application, "$filter", "$top"),
        Post(root, $"{name}_Create", "Makes one, without a secret; or finds the second object of one.", body, Shapes.Application),
        Get(root + "/{id}", $"{name}_Get", "Shows one with its secrets, without their values.", Shapes.Application),
        Patch(root + "/{id}", $"{name}_Update", "Enables, disables, or replaces the certificates.", Shapes.Application) with { Body = typeof(ServicePrincipalBody), Answer = null },
        Delete(root + "/{id}", $"{name}_Delete", "Deletes one with its secrets and roles."),
        Post(root + "/{id}/addPassword", $"{name}_AddPassword", "Makes a secret, and shows it this once.", typeof(AddPasswordBody), Shapes.NewSecret),
        Post(root + "/{id}/removePassword", $"{name}_RemovePassword", "Removes a secret; what signed in with it ends.", typeof(RemovePasswordBody), null),
    ];
}
