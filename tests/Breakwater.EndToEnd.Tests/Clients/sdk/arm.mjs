// Drives the management plane by Azure's own SDK: node arm.mjs ORIGIN TENANT APPLICATION SECRET RECEIVER
// Prints "ok" when every call did what it should.
import assert from "node:assert/strict";
import { ClientSecretCredential } from "@azure/identity";
import { ContainerRegistryManagementClient } from "@azure/arm-containerregistry";

const [origin, tenant, application, secret, receiver] = process.argv.slice(2);
const credential = new ClientSecretCredential(tenant, application, secret, { authorityHost: origin, disableInstanceDiscovery: true });
const client = new ContainerRegistryManagementClient(credential, tenant, { endpoint: origin, credentials: { scopes: ["https://management.azure.com/.default"] } });
const at = ["breakwater", "sdkfleet"];

const names = async (list) => {
  const found = [];
  for await (const item of list) found.push(item.name);
  return found.sort();
};

assert.equal((await client.registries.checkNameAvailability({ name: "sdkfleet", type: "Microsoft.ContainerRegistry/registries" })).nameAvailable, true);
const made = await client.registries.create(...at, { location: "local", sku: { name: "Standard" }, adminUserEnabled: true, tags: { team: "blue" } });
assert.deepEqual([made.name, made.sku.name, made.adminUserEnabled, made.tags.team, made.provisioningState], ["sdkfleet", "Standard", true, "blue", "Succeeded"]);
assert.ok(made.loginServer.startsWith("sdkfleet."), made.loginServer);
assert.ok(made.creationDate instanceof Date);
assert.equal((await client.registries.checkNameAvailability({ name: "sdkfleet", type: "Microsoft.ContainerRegistry/registries" })).nameAvailable, false);
assert.deepEqual(await names(client.registries.list()), ["local", "sdkfleet"]);
assert.deepEqual(await names(client.registries.listByResourceGroup("breakwater")), ["local", "sdkfleet"]);

const changed = await client.registries.update(...at, { sku: { name: "Premium" }, anonymousPullEnabled: true, policies: { retentionPolicy: { days: 30, status: "enabled" } } });
assert.deepEqual([changed.sku.name, changed.anonymousPullEnabled, changed.policies.retentionPolicy.days], ["Premium", true, 30]);
assert.deepEqual((await client.registries.get(...at)).policies.retentionPolicy.status, "enabled");

const usages = (await client.registries.listUsages(...at)).value;
assert.equal(usages.find((usage) => usage.name === "Size").unit, "Bytes");
const before = await client.registries.listCredentials(...at);
const after = await client.registries.regenerateCredential(...at, { name: "password" });
assert.equal(after.username, "sdkfleet");
assert.notEqual(before.passwords[0].value, after.passwords[0].value);
assert.equal(before.passwords[1].value, after.passwords[1].value);

const map = await client.scopeMaps.create(...at, "readers", { actions: ["repositories/team/app/content/read"], description: "reads" });
assert.equal(map.typePropertiesType ?? map.type, "UserDefined");
assert.deepEqual((await client.scopeMaps.update(...at, "readers", { description: "reads more" })).description, "reads more");
assert.ok((await names(client.scopeMaps.list(...at))).includes("readers"));
const token = await client.tokens.create(...at, "puller", { scopeMapId: map.id, status: "enabled" });
assert.equal(token.scopeMapId, map.id);
const generated = await client.registries.generateCredentials(...at, { tokenId: token.id, name: "password1" });
assert.deepEqual([generated.username, generated.passwords.length], ["puller", 1]);
assert.equal((await client.tokens.update(...at, "puller", { status: "disabled" })).status, "disabled");
assert.deepEqual(await names(client.tokens.list(...at)), ["puller"]);

const hook = await client.webhooks.create(...at, "hooks", { location: "local", serviceUri: receiver, actions: ["push", "delete"], customHeaders: { "X-Key": "from the sdk" }, scope: "team/*", status: "enabled" });
assert.deepEqual([hook.status, hook.scope, hook.actions], ["enabled", "team/*", ["push", "delete"]]);
const ping = await client.webhooks.ping(...at, "hooks");
assert.equal((await client.webhooks.getCallbackConfig(...at, "hooks")).customHeaders["X-Key"], "from the sdk");
const events = [];
for await (const event of client.webhooks.listEvents(...at, "hooks")) events.push(event.id);
assert.deepEqual(events, [ping.id]);
assert.equal((await client.webhooks.update(...at, "hooks", { status: "disabled" })).status, "disabled");

const operations = [];
for await (const operation of client.operations.list()) operations.push(operation.name);
assert.ok(operations.includes("Microsoft.ContainerRegistry/registries/importImage/action"));
await assert.rejects(client.registries.importImage(...at, { source: { resourceId: made.id, sourceImage: "team/never:v1" }, targetTags: ["team/copy:v1"] }));

await client.webhooks.delete(...at, "hooks");
await client.tokens.delete(...at, "puller");
await client.scopeMaps.delete(...at, "readers");
await client.registries.delete(...at);
await assert.rejects(client.registries.get(...at), (error) => error.statusCode === 404);
assert.deepEqual(await names(client.registries.list()), ["local"]);
console.log("ok");
