using System.Text;
using Breakwater.Server.Audit;

namespace Breakwater.Server.Tests.Audit;

public sealed class ChangeDetailTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("no json", null)]
    [InlineData("{}", null)]
    [InlineData("""{"accountEnabled":false}""", "accountEnabled=False")]
    [InlineData("""{"properties":{"principalId":"p","condition":"c"}}""", "principalId=p; condition=c")]
    [InlineData("""{"properties":{"actions":["a/read","b/write"]}}""", "actions=a/read,b/write")]
    [InlineData("""{"passwordProfile":{"password":"secret"},"displayName":"d"}""", "passwordProfile; password; displayName=d")]
    [InlineData("""{"passwordCredential":{"secretText":"secret","displayName":"ci"}}""", "passwordCredential; secretText; displayName=ci")]
    [InlineData("""["secret",{"unknown":{"deep":["secret"]}}]""", "unknown; deep")]
    [InlineData("""{"properties":{"networkRuleSet":{"defaultAction":"Deny","ipRules":[{"value":"10.0.0.0/8"},{"action":"Deny","value":"10.1.0.0/16"}]}}}""", "networkRuleSet; defaultAction=Deny; ipRules=Allow 10.0.0.0/8,Deny 10.1.0.0/16")]
    [InlineData("""{"properties":{"ipRules":"odd","privateEndpointConnections":[{"id":"c"}]}}""", "ipRules=; privateEndpointConnections")]
    [InlineData("""{"name":{"odd":"secret"}}""", "name")]
    [InlineData("""{"properties":{"customHeaders":{"status":"secret","id":"secret"},"status":"enabled"}}""", "customHeaders; status=enabled")]
    public void OfRequest_Body_ShowsListedValuesAndNamesOfOthers(string json, string? expected) => Assert.Equal(expected, ChangeDetail.OfRequest(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData(null, """{"username":"local","passwords":[{"name":"password","value":"secret"}]}""", "name=password")]
    [InlineData("displayName=d", """{"id":"1","displayName":"d","secretText":"secret"}""", "displayName=d; id=1")]
    [InlineData("publicNetworkAccess=Disabled", """{"id":"1","properties":{"privateEndpointConnections":[{"id":"2"}],"networkRuleSet":{"ipRules":[{"value":"10.0.0.0/8"}]}}}""", "publicNetworkAccess=Disabled; id=1")]
    [InlineData(null, """{"value":[{"id":"1","eventResponseMessage":{"content":"secret"}}]}""", null)]
    [InlineData(null, "", null)]
    public void OfAnswer_Body_AddsWhatWasMadeOrIsGone(string? asked, string json, string? expected) => Assert.Equal(expected, ChangeDetail.OfAnswer(asked, Encoding.UTF8.GetBytes(json)));
}
