"""Any text comes back, and both ways of the mapping agree."""

from pathlib import Path

from smarketing.address import kind_of
from smarketing.testing.conformance.part import Part
from smarketing.testing.samples import (
    TEXTS,
    values_of,
)


class Texts(Part):
    """Any text comes back, and both ways of the mapping agree."""

    def test_any_text_comes_back(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        for address in list(site.now):
            kind = kind_of(address)
            for name in site.tool.manifest.kinds[kind] & {"body", "description"}:
                for what, text in TEXTS.items():
                    site.do(site.alter(address, **{name: text}))
                    site.look()
                    (wanted,) = site.rendered(kind, {name: text}).values()
                    assert site.normal(site.now[address])[name] == site.tool.normalise(
                        kind, name, wanted
                    ), f"{what} in {address}"

    def test_any_title_comes_back(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        titled = [each for each in site.now if "title" in site.now[each].fields]
        for number, address in enumerate(titled):
            for what in ("emoji", "quotes", "right-to-left"):
                kind, title = kind_of(address), f"{TEXTS[what]} {number}"
                site.do(site.alter(address, title=title))
                site.look()
                assert site.normal(site.now[address])["title"] == site.tool.normalise(
                    kind, "title", title
                ), f"{what} in {address}"

    def test_as_hub_undoes_render(self, tmp_path: Path) -> None:
        tool, names = self.world(tmp_path).integration, self.names()
        for kind, name, value in values_of(tool.manifest.kinds):
            back = tool.as_hub(kind, name, tool.render(kind, name, value, names), names)
            normal = tool.normalise(kind, name, value)
            assert tool.normalise(kind, name, back) == normal, f"{kind}.{name}: {value!r}"

    def test_mappings_are_idempotent(self, tmp_path: Path) -> None:
        tool, names = self.world(tmp_path).integration, self.names()
        for kind, name, value in values_of(tool.manifest.kinds):
            shown = tool.render(kind, name, value, names)
            assert tool.render(kind, name, value, names) == shown
            assert tool.render(kind, name, tool.as_hub(kind, name, shown, names), names) == shown
            hub = tool.as_hub(kind, name, shown, names)
            assert tool.as_hub(kind, name, shown, names) == hub
            normal = tool.normalise(kind, name, value)
            assert tool.normalise(kind, name, normal) == normal, f"{kind}.{name}: {value!r}"
