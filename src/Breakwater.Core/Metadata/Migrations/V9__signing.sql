-- Policies of a registry about its content.
ALTER TABLE registry ADD COLUMN signing_required       INTEGER NOT NULL DEFAULT 0;  -- 1: signatures ask for the right to sign
ALTER TABLE registry ADD COLUMN signing_attestations   INTEGER NOT NULL DEFAULT 0;  -- 1: attestations count as signatures
ALTER TABLE registry ADD COLUMN write_once_tags        TEXT    NOT NULL DEFAULT ''; -- one rule a line: repositories, a space, tags
ALTER TABLE registry ADD COLUMN anonymous_repositories TEXT    NOT NULL DEFAULT ''; -- one pattern a line: what everybody may pull

ALTER TABLE registry ADD COLUMN refuses_arm_tokens     INTEGER NOT NULL DEFAULT 0;  -- 1: only tokens made for registries are exchanged

-- What clients take a manifest for: 0 content, 1 a signature, 2 an attestation; null until its sealed body was looked at.
ALTER TABLE manifest ADD COLUMN signature_kind INTEGER NULL;
CREATE INDEX manifest_unclassified ON manifest (repository_id) WHERE signature_kind IS NULL;
