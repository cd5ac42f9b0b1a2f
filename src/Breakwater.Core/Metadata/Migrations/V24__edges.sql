-- By kind too: whoever looks for indexes that name a manifest does not look at all that refers to it.
DROP INDEX manifest_edge_target;
CREATE INDEX manifest_edge_target ON manifest_edge (repository_id, target, kind);
