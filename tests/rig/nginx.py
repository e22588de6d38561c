"""nginx by the files of deploy/nginx/, in another place: for a test, and for the benchmarks."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = "/srv/site"


def written(folder: Path, listen: str, python: str, pages: Path, var: Path, name: str = "behind-tls") -> Path:
    """Writes settings into `folder`, and returns the file for `nginx -c`.

    Args:
        folder: where it also keeps its pid and log.
        listen: its address, with port.
        python: that of gunicorn.
        pages: the folder of ready answers.
        var: the one that holds `static` and `media`.
        name: of the file in deploy/nginx/ with the server; one with TLS finds its certificate in `folder`.
    """
    modules = "\n".join(f"load_module {path};" for path in Path("/usr/lib/nginx/modules").glob("*brotli_static*"))
    places = {
        f"{SITE}/deploy/nginx": str(folder),
        f"{SITE}/var/pages": str(pages),
        f"{SITE}/var/": f"{var}/",
        "127.0.0.1:8000": python,
        "web:8000": python,
        "listen 8080 default_server;": f"listen {listen};",
        "listen 443 ssl": f"listen {listen} ssl",
        "    listen 80;\n": f"    listen unix:{folder}/plain;\n",
        "default https;": "default $scheme;",
        "/etc/ssl/site": str(folder),
        **({} if modules else {"brotli_static on;": ""}),
    }
    for file in (ROOT / "deploy" / "nginx").glob("*.conf"):
        lines = [line for line in file.read_text().splitlines() if "listen [::]" not in line]
        text = "\n".join([*lines, ""])
        for old, new in places.items():
            text = text.replace(old, new)
        (folder / file.name).write_text(text)
    settings = folder / "nginx.conf"
    settings.write_text(
        f"{modules}\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nworker_processes 2;\ndaemon off;\n"
        "user root;\nevents {}\n"
        "http {\ninclude /etc/nginx/mime.types;\naccess_log off;\n"
        + "".join(
            f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"include {folder}/{name}.conf;\n}}\n"
    )
    return settings
