"""What a manifest says is true, and nobody tells a secret."""

from pathlib import Path

from smarketing.kinds import KINDS
from smarketing.testing.conformance.part import Part


class Manifests(Part):
    """What a manifest says is true, and nobody tells a secret."""

    def test_check_answers_without_a_secret(self, tmp_path: Path) -> None:
        world = self.world(tmp_path)
        answer = world.integration.check()
        assert answer.strip()
        assert not any(secret in answer for secret in world.secrets)

    def test_the_manifest_narrows_the_table_of_kinds(self, tmp_path: Path) -> None:
        manifest = self.world(tmp_path).integration.manifest
        assert "root" in manifest.kinds
        for kind, fields in manifest.kinds.items():
            assert fields <= frozenset(KINDS[kind].fields), kind
        assert manifest.archives | manifest.unmarked <= frozenset(manifest.kinds)
        assert "root" not in manifest.unmarked
        assert manifest.workers > 0

    def test_the_manifest_says_what_is_done_instead(self, tmp_path: Path) -> None:
        manifest = self.world(tmp_path).integration.manifest
        missing = {kind for kind in KINDS if kind not in manifest.kinds} | {
            f"{kind}.{name}"
            for kind, fields in manifest.kinds.items()
            for name in KINDS[kind].fields
            if name not in fields
        }
        assert missing == set(manifest.instead)
        assert all(sentence.endswith(".") for sentence in manifest.instead.values())

    def test_no_secret_shows(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        shown = repr((site.tool, site.tool.manifest, site.read(), site.world.reopen()))
        assert not any(secret in shown for secret in site.world.secrets)
