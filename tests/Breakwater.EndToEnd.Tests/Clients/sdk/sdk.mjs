// Drives a registry by Azure's own SDK: node sdk.mjs ORIGIN TENANT APPLICATION SECRET
// Prints "ok" when every call did what it should.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { ClientSecretCredential } from "@azure/identity";
import { ContainerRegistryClient, ContainerRegistryContentClient } from "@azure/container-registry";

const [origin, tenant, application, secret] = process.argv.slice(2);
const credential = new ClientSecretCredential(tenant, application, secret, { authorityHost: origin, disableInstanceDiscovery: true });
const repositoryName = "sdk/name";
const content = new ContainerRegistryContentClient(origin, repositoryName, credential);
const registry = new ContainerRegistryClient(origin, credential);

const read = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};

// Five and a half megabytes: more than one chunk.
const layer = Buffer.alloc(5_500_000, "breakwater");
const config = Buffer.from("{}");
const uploadedLayer = await content.uploadBlob(layer);
const uploadedConfig = await content.uploadBlob(Readable.from([config]));
const manifest = {
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: uploadedConfig.digest, size: config.length },
  layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar", digest: uploadedLayer.digest, size: layer.length }],
};
const { digest } = await content.setManifest(manifest, { tag: "v1" });
await content.setManifest(manifest, { tag: "v2" });

const fetched = await content.getManifest("v1");
assert.equal(fetched.digest, digest);
assert.deepEqual(fetched.manifest.layers[0].digest, uploadedLayer.digest);
assert.ok((await read((await content.downloadBlob(uploadedLayer.digest)).content)).equals(layer));

const names = [];
for await (const name of registry.listRepositoryNames()) names.push(name);
assert.ok(names.includes(repositoryName), names.join());

const repository = registry.getRepository(repositoryName);
const properties = await repository.getProperties();
assert.deepEqual([properties.name, properties.manifestCount, properties.tagCount], [repositoryName, 1, 2]);
const manifests = [];
for await (const item of repository.listManifestProperties({ order: "LastUpdatedOnDescending" })) manifests.push(item);
assert.deepEqual(manifests.map((item) => item.digest), [digest]);
const artifact = repository.getArtifact(digest);
const tags = [];
for await (const tag of artifact.listTagProperties({ order: "LastUpdatedOnAscending" })) tags.push(tag.name);
assert.deepEqual(tags, ["v1", "v2"]);

const locked = await artifact.updateTagProperties("v1", { canDelete: false, canWrite: false });
assert.deepEqual([locked.canDelete, locked.canWrite, locked.canRead], [false, false, true]);
await assert.rejects(artifact.deleteTag("v1"), (error) => error.statusCode === 405);
await artifact.updateTagProperties("v1", { canDelete: true, canWrite: true });
assert.equal((await artifact.getManifestProperties()).digest, digest);

await artifact.deleteTag("v2");
await assert.rejects(artifact.getTagProperties("v2"), (error) => error.statusCode === 404);
await content.deleteManifest(digest);
await content.deleteBlob(uploadedLayer.digest);
await assert.rejects(content.getManifest(digest));
await content.setManifest({ ...manifest, layers: [] }, { tag: "v3" });
await registry.deleteRepository(repositoryName);
await assert.rejects(repository.getProperties(), (error) => error.statusCode === 404);
console.log("ok");
