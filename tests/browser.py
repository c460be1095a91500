"""Chromium, asked through its driver by plain HTTP: what a person does with a page, and what the page asks of anybody."""

from __future__ import annotations

import base64
import json
import subprocess
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_QUIET = (
    "headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
    "disable-component-update", "disable-sync", "disable-default-apps", "disable-dev-shm-usage", "lang=vi",
)  # fmt: skip
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Space": "\ue00d"}


class Browser:
    """One window."""

    def __init__(self, session: str) -> None:
        self._session = session

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return _request(self._session + path, body)

    def cdp(self, command: str, **parameters: Any) -> Any:
        """Ask the browser's own protocol."""
        return self._ask("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, page: Path, width: int = 1366, height: int = 768) -> None:
        """Open a file in a window of a size."""
        self.size(width, height)
        self._ask("/url", {"url": page.as_uri()})

    def size(self, width: int, height: int) -> None:
        self.cdp(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page; give what it returns."""
        return self._ask("/execute/sync", {"script": script, "args": list(arguments)})

    def wait_for(self, script: str) -> Any:
        """Run a script that returns a promise; give what it promises."""
        return self._ask("/execute/async", {"script": f"({script})().then(arguments[0])", "args": []})

    def click(self, selector: str) -> None:
        """Click on what is found first, brought to the middle of the window."""
        self.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        found = self._ask("/element", {"using": "css selector", "value": selector})
        self._ask(f"/element/{found[_ELEMENT]}/click", {})

    def press(self, *keys: str) -> None:
        """Press keys one after another, by name or as letters, wherever the focus is."""
        actions = [
            {"type": kind, "value": letter}
            for key in keys
            for letter in KEYS.get(key, key)
            for kind in ("keyDown", "keyUp")
        ]
        self._ask("/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def pdf(self) -> bytes:
        """Print the page as it says itself that it is to be printed."""
        return base64.b64decode(self.cdp("Page.printToPDF", preferCSSPageSize=True)["data"])

    def log(self, kind: str) -> list[dict[str, Any]]:
        """Give what was logged since it was last asked for: `browser` (its console), `performance` (all requests)."""
        return list(self._ask("/se/log", {"type": kind}))

    def requested(self) -> list[str]:
        """Give the addresses of all requests that files made since last asked: the browser's own start page is none."""
        said = [json.loads(one["message"])["message"] for one in self.log("performance")]
        asked = [one["params"] for one in said if one["method"] == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in asked if one["documentURL"].startswith("file:")]


def _request(url: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(asked, timeout=120) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode(errors="replace")[:2000]) from error


@contextmanager
def browser(folder: Path, find: Callable[[str], str] | None = None) -> Iterator[Browser]:
    """Start a browser with a profile of its own, closed in the end.

    Args:
        folder: where the profile is.
        find: gives the way to a program by its name; None: `tools_needed.require`, which benchmarks go without.
    """
    if find is None:
        from tools_needed import require as find
    chromium, driver = find("chromium"), find("chromedriver")
    with subprocess.Popen(
        [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as started:
        try:
            assert started.stdout
            port = (
                next(line for line in started.stdout if "successfully on port" in line).rstrip(".\n").rpartition(" ")[2]
            )
            base = f"http://127.0.0.1:{port}"
            options = {"binary": chromium, "args": [*_QUIET, f"user-data-dir={folder}"]}
            wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"}}
            made = _request(f"{base}/session", {"capabilities": {"alwaysMatch": wanted}})
            session = f"{base}/session/{made['sessionId']}"
            try:
                yield Browser(session)
            finally:
                _request(session, method="DELETE")
        finally:
            started.terminate()
