<?php
// php wordpress.php install|fill FOLDER POSTS.json PER_PAGE: makes the tables of the WordPress in FOLDER, or fills them.
// In two calls, because WordPress remembers nothing while it is being installed.

[, $step, $folder] = $argv;
$_SERVER['HTTP_HOST'] = 'localhost';
if ($step === 'install') {
    define('WP_INSTALLING', true);
}

function wp_mail() { return true; } // nobody gets the mail of an installation

require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
[, $step, $folder, $file, $per_page] = $argv; // again: WordPress has variables of these names

if ($step === 'install') {
    wp_install('Pomiar', 'admin', 'admin@example.org', true, '', wp_generate_password());
    update_option('permalink_structure', '/%postname%/');
    exit;
}

if ($step === 'version') {
    echo 'WordPress ', get_bloginfo('version'), ', PHP ', PHP_VERSION, ', ', $wpdb->get_var('SELECT VERSION()');
    exit;
}

flush_rewrite_rules(false);
update_option('posts_per_page', (int) $per_page);
foreach (get_posts(['numberposts' => -1]) as $post) {
    wp_delete_post($post->ID, true);
}
$category = wp_insert_term('Aktualności', 'category', ['slug' => 'aktualnosci'])['term_id'];

$pictures = [];
function picture(string $path): int {
    global $pictures;
    if (!isset($pictures[$path])) {
        $copy = wp_upload_dir()['path'] . '/' . basename($path);
        copy($path, $copy);
        $type = wp_check_filetype($copy)['type'];
        $new = ['post_title' => pathinfo($path, PATHINFO_FILENAME), 'post_mime_type' => $type, 'post_status' => 'inherit'];
        $pictures[$path] = wp_insert_attachment($new, $copy);
        wp_update_attachment_metadata($pictures[$path], wp_generate_attachment_metadata($pictures[$path], $copy));
    }
    return $pictures[$path];
}

wp_defer_term_counting(true);
foreach (json_decode(file_get_contents($file), true) as $post) {
    $paragraphs = array_map(fn ($text) => "<!-- wp:paragraph -->\n$text\n<!-- /wp:paragraph -->", $post['paragraphs']);
    $id = wp_insert_post([
        'post_title' => $post['title'],
        'post_name' => $post['slug'],
        'post_excerpt' => $post['lead'],
        'post_content' => implode("\n\n", $paragraphs),
        'post_date' => $post['date'] . ' 12:00:00',
        'post_status' => 'publish',
        'post_category' => [$category],
        'tags_input' => $post['topics'],
        'comment_status' => 'closed',
        'ping_status' => 'closed',
    ], true);
    if (is_wp_error($id)) {
        exit($id->get_error_message());
    }
    if ($post['picture']) {
        set_post_thumbnail($id, picture($post['picture']));
    }
}
wp_defer_term_counting(false);
