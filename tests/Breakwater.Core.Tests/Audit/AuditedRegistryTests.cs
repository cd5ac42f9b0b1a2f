using Breakwater.Core.Audit;

namespace Breakwater.Core.Tests.Audit;

public sealed class AuditedRegistryTests
{
    [Theory]
    [InlineData(AuditCategory.Repository, null, "first")]
    [InlineData(AuditCategory.Login, null, "first")]
    [InlineData(AuditCategory.Administration, null, null)]
    [InlineData(AuditCategory.Repository, "team", "team")]
    [InlineData(AuditCategory.Administration, "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/team", "team")]
    [InlineData(AuditCategory.Administration, "/subscriptions/s/resourcegroups/g/providers/microsoft.containerregistry/Registries/Team/scopeMaps/registries", "Team")]
    [InlineData(AuditCategory.Administration, "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/1", null)]
    [InlineData(AuditCategory.Administration, "/graph/v1.0/users", null)]
    public void NameOf_Record_IsTheRegistryThatItIsAbout(AuditCategory category, string? resource, string? expected) => Assert.Equal(
        expected, AuditedRegistry.NameOf(new AuditRecord { Time = default, Category = category, Operation = "Pull", Status = 200, Resource = resource }, "first"));
}
