"""WordPress as Debian would run it: php-fpm with OPcache, MariaDB, nginx; and behind nginx's cache."""

import contextlib
import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from _site import ROOT, free_port, process, wait_for

from _others.sites import POSTS_PER_PAGE, Site

SOURCE = Path(os.environ.get("WORDPRESS", "/usr/share/wordpress"))
THEMES = SOURCE / "wp-content" / "themes"
CLASSIC = "twentytwentyone"
PROGRAMS = {"mariadbd": "mariadb-server", "mariadb-install-db": "mariadb-server", "nginx": "nginx", "php": "php8.2-cli"}
SCRIPT = str(ROOT / "bench" / "_others" / "wordpress.php")
AS_ROOT = os.geteuid() == 0
QUERIES = re.compile(rb"<!-- queries: (\d+) -->")

CONFIGURATION = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']);
define('WP_SITEURL', WP_HOME);
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY'] as $name) define($name, 'bench');
foreach (['AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $name) define($name, 'bench');
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
"""

# Two themes on one database, in turns: nginx says which. Whoever asks so is told the number of queries.
PLUGIN = """<?php
foreach (['template', 'stylesheet'] as $option) {
    add_filter("pre_option_$option", fn ($before) => $_SERVER['BENCH_THEME'] ?? $before);
}
if (isset($_SERVER['HTTP_X_COUNT_QUERIES'])) {
    add_action('shutdown', function () { echo '<!-- queries: ' . get_num_queries() . ' -->'; }, 0);
}
"""

# Debian's pool.
POOL = """[global]
error_log = {folder}/php.log
daemonize = no
[www]
{user}
listen = {folder}/php.sock
pm = dynamic
pm.max_children = 5
pm.start_servers = 2
pm.min_spare_servers = 1
pm.max_spare_servers = 3
"""

SERVER = """
server {{
    listen 127.0.0.1:{port};
    server_name localhost;
    root {folder}/wordpress;
    index index.php;
    location / {{ try_files $uri $uri/ /index.php?$args; }}
    location ~ \\.php$ {{
        include /etc/nginx/fastcgi_params;
        fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
        fastcgi_param HTTP_HOST $http_host;
        fastcgi_param BENCH_THEME {theme};
        fastcgi_buffers 16 32k;
        fastcgi_buffer_size 32k;
        fastcgi_pass unix:{folder}/php.sock;
        {cache}
    }}
}}
"""
CACHE = """
        fastcgi_cache pages;
        fastcgi_cache_key $request_method$http_host$request_uri;
        fastcgi_cache_valid 200 1h;
        add_header X-Cache $upstream_cache_status;
"""
NGINX = """pid {folder}/wordpress-nginx.pid;
error_log {folder}/wordpress-nginx.log;
worker_processes 2;
daemon off;
{user}
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    sendfile on;
    gzip on;
    fastcgi_cache_path {folder}/wordpress-cache keys_zone=pages:10m;
    {servers}
}}
"""


def missing() -> str:
    """Why it can't be measured; nothing if it can."""
    if not (SOURCE / "wp-settings.php").exists():
        return f"{SOURCE} has no WordPress (Debian: wordpress; or WORDPRESS names another folder)."
    if not (THEMES / CLASSIC).is_dir() or not block_theme():
        return f"{THEMES} lacks {CLASSIC} or a block theme (Debian: wordpress-theme-…)."
    lacking = {package for program, package in PROGRAMS.items() if not shutil.which(program)}
    if not fpm():
        lacking.add("php8.2-fpm")
    return f"Not installed: {', '.join(sorted(lacking))}." if lacking else ""


def block_theme() -> str:
    """The newest of WordPress's own."""
    newest_first = ("twentytwentyfive", "twentytwentyfour", "twentytwentythree", "twentytwentytwo")
    return next((name for name in newest_first if (THEMES / name).is_dir()), "")


def fpm() -> str:
    return next(map(str, sorted(Path("/usr/sbin").glob("php-fpm*"), reverse=True)), "")


@contextlib.contextmanager
def served(folder: Path, posts: Path) -> Iterator[list[Site]]:
    """A copy of it in `folder` with these posts: the block theme, the classic one, both behind nginx's cache."""
    with contextlib.ExitStack() as until_the_end:
        home = folder / "wordpress"
        shutil.copytree(SOURCE, home, ignore=shutil.ignore_patterns("wp-config.php"))
        socket = folder / "mariadb" / "socket"
        database = until_the_end.enter_context(mariadb(socket))
        (home / "wp-config.php").write_text(CONFIGURATION.format(socket=socket))
        (home / "wp-content" / "mu-plugins").mkdir(exist_ok=True)
        (home / "wp-content" / "mu-plugins" / "bench.php").write_text(PLUGIN)
        for step in ("install", "fill"):
            subprocess.run(
                ["php", "-d", "display_errors=stderr", SCRIPT, step, home, posts, str(POSTS_PER_PAGE)], check=True
            )
        command = ["php", SCRIPT, "version", home, posts, "0"]
        versions = subprocess.run(command, check=True, capture_output=True, text=True).stdout

        (folder / "php.conf").write_text(
            POOL.format(
                folder=folder,
                user="user = www-data\ngroup = www-data\nlisten.owner = www-data" if AS_ROOT else "",
            )
        )
        php = until_the_end.enter_context(process([fpm(), "--nodaemonize", "--fpm-config", str(folder / "php.conf")]))
        themes = {"block theme": block_theme(), "classic theme": CLASSIC}
        ports = {(name, kept): free_port() for name in themes for kept in (False, True)}
        servers = "".join(
            SERVER.format(folder=folder, port=port, theme=themes[name], cache=CACHE if kept else "")
            for (name, kept), port in ports.items()
        )
        (folder / "wordpress-nginx.conf").write_text(
            NGINX.format(folder=folder, servers=servers, user="user root;" if AS_ROOT else "")
        )
        nginx = until_the_end.enter_context(process(["nginx", "-c", str(folder / "wordpress-nginx.conf")]))
        pages = {
            "home": "/",
            "list": "/category/aktualnosci/",
            "article": "/pomiar-500/",
            "search: all": "/?s=szybko%C5%9B%C4%87",
            "search: one": "/?s=577",
        }
        sites = []
        for (name, kept), port in ports.items():
            site = Site(
                f"WordPress, {name}" + (", kept by nginx" if kept else ""),
                f"http://localhost:{port}",
                pages,
                [database, php.pid, nginx.pid],
                host=f"localhost:{port}",
                versions=f"{versions}, theme {themes[name]}",
            )
            wait_for(site.root + "/", site.host)
            site.queries = {page: _queries(site, address) for page, address in pages.items()} if not kept else {}
            sites.append(site)
            if kept:
                sites.append(Site(f"{site.name}, not compressed", site.root, pages, site.roots, site.host))
                sites[-1].compressed = False
        yield sites


def _queries(site: Site, address: str) -> int:
    for _warm in range(2):
        asked = urllib.request.Request(site.root + address, headers={"X-Count-Queries": "1", "Host": site.host})  # noqa: S310 - ours
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - ours
            found = QUERIES.search(answer.read())
    return int(found[1]) if found else 0


@contextlib.contextmanager
def mariadb(socket: Path) -> Iterator[int]:
    """A server in the socket's folder that listens on it alone, with an empty database; gives its process."""
    data = socket.parent
    user = ["--user=mysql"] if AS_ROOT else []
    data.mkdir()
    if AS_ROOT:
        shutil.chown(data, "mysql", "mysql")
    subprocess.run(
        ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db", *user],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    # Nobody but this machine's users can reach the socket, and they find posts that everybody may read.
    server = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", f"--pid-file={data}/pid"]
    server += ["--skip-networking", "--skip-grant-tables", f"--log-error={data}/log", *user]
    with process(server) as running:
        data.chmod(0o755)  # php-fpm is another user
        for _half_second in range(60):
            if socket.exists():
                break
            time.sleep(0.5)
        made = "CREATE DATABASE wordpress CHARACTER SET utf8mb4"
        subprocess.run(["mariadb", "--no-defaults", f"--socket={socket}", "-e", made], check=True)
        yield running.pid
