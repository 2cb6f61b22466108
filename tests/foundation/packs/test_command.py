"""`zt packs` as an operator meets it."""

from zhengtong.foundation.packs.wiring import packs


def test_plan_apply_and_export(shop, db, capsys, settings):
    settings.PACKS_ROOT = shop.root
    shop.write("one", a="shelves:\n- {code: a, name: 一}\n")
    assert packs(["plan", "one"]) == 0
    assert "  + a  一\n" in capsys.readouterr().out
    assert packs(["apply", "one"]) == 0
    assert "新增 1 · " in capsys.readouterr().out
    assert packs(["apply", "one"]) == 0
    assert "没有需要改变的内容。" in capsys.readouterr().out
    shop.shelves.edit("a", width=5)
    assert packs(["export", "one", "--dry-run"]) == 0
    assert "+- {code: a, name: 一, width: 5}" in capsys.readouterr().out
    assert packs(["export", "one"]) == 0
    assert "已写回 packs/one/a.yaml" in capsys.readouterr().out
    assert "width: 5" in (shop.root / "one" / "a.yaml").read_text()
