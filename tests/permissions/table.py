"""The permissions matrix: what each address of the site answers to everybody who may ask.

A row has seven answers, in the order of PEOPLE, and the addresses that give them: names of the resolver, or the
pattern where there is no name. "[POST]" after a name: a form without fields is sent to it. "[draft]" and "[closed]":
asked about something else than the public page of somebody else, whose newer version waits for the language editors
(tests/permissions/scene.py).

    open    here it is: a screen, a file, a form again, or on to the next screen
    login   to the door
    no      refused, with a message
    gone    as if it weren't there
    post    only for forms: its row with [POST] says to whom


"""

PEOPLE = ("nobody", "no role", "author", "reviewer", "coordinator", "translator", "administrator")

AREAS: dict[str, list[tuple[str, str]]] = {
    "The public site": [
        # nobody no-role author reviewer coordinator translator administrator
        ("gone gone gone gone gone gone gone", "sitemap_part wagtailcore_login wagtail_serve[draft]"),
        ("gone gone open open open open open", "document"),
        (
            "open open open open open open open",
            "wagtaildocs_authenticate_with_password sitemap robots security manifest favicon search "
            "search_suggestions search_rss search_atom chapter_feedback "
            "not_translated edition edition_file calendar_file template_file wagtail_serve "
            "wagtailcore_authenticate_with_password "
            "wagtail_serve[closed]",
        ),
    ],
    "What programs ask": [
        # nobody no-role author reviewer coordinator translator administrator
        ("gone gone gone gone gone gone gone", "metrics"),
        ("open open open open open open open", "live ready"),
    ],
    "The door, and one's own account": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login gone gone gone gone gone gone",
            "mfa_deactivate_totp mfa_view_recovery_codes mfa_download_recovery_codes",
        ),
        ("login login login login login login login", "account_logout[POST] mfa_login_webauthn"),
        ("login login open open open open open", "wagtailadmin_account accounts:address"),
        (
            "login open open open open open open",
            "account_reauthenticate mfa_index mfa_authenticate mfa_reauthenticate mfa_activate_totp "
            "mfa_generate_recovery_codes mfa_list_webauthn mfa_add_webauthn mfa_reauthenticate_webauthn "
            "mfa_remove_webauthn mfa_edit_webauthn usersessions_list",
        ),
        (
            "open open open open open open open",
            "account_login wagtailadmin_password_reset account_invitation account_inactive "
            "wagtailadmin_password_reset_done wagtailadmin_password_reset_confirm "
            "wagtailadmin_password_reset_complete",
        ),
        ("post post post post post post post", "account_logout"),
    ],
    "Accounts and groups": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no no no no open",
            "accounts:leave accounts:invite accounts:withdraw wagtailusers_users:index "
            "wagtailusers_users:index_results wagtailusers_users:add wagtailusers_users:edit "
            "wagtailusers_users:delete wagtailusers_users:history wagtailusers_users:history_results "
            "wagtailusers_users:usage wagtailusers_groups:index wagtailusers_groups:index_results "
            "wagtailusers_groups:add wagtailusers_groups:edit wagtailusers_groups:delete "
            "wagtailusers_groups:history wagtailusers_groups:history_results wagtailusers_groups:usage",
        ),
    ],
    "Pages": [
        # nobody no-role author reviewer coordinator translator administrator
        ("login login gone gone gone gone gone", "wagtailadmin_pages:convert_alias"),
        ("login login gone open open gone open", "wagtailadmin_editing_sessions:ping[POST]"),
        ("login login no gone gone no gone", "wagtailadmin_pages:workflow_history_detail[draft]"),
        (
            "login login no no no no no",
            "wagtailadmin_pages:unpublish[draft] wagtailadmin_pages:workflow_preview[draft]",
        ),
        ("login login no no no no open", "wagtailadmin_pages:unlock[POST]"),
        (
            "login login no no open no open",
            "wagtailadmin_pages:set_privacy wagtailadmin_pages:unpublish wagtailadmin_pages:move "
            "wagtailadmin_pages:move_confirm "
            "wagtailadmin_pages:set_page_position[POST] wagtailadmin_pages:revisions_unschedule",
        ),
        (
            "login login no open open no open",
            "wagtailadmin_pages:usage wagtailadmin_pages:preview_on_edit "
            "wagtailadmin_pages:view_draft wagtailadmin_pages:delete wagtailadmin_pages:move[draft] "
            "wagtailadmin_pages:move_confirm[draft] "
            "wagtailadmin_pages:copy wagtailadmin_pages:workflow_action "
            "wagtailadmin_pages:collect_workflow_action_data wagtailadmin_pages:workflow_preview "
            "wagtailadmin_pages:lock[POST] wagtailadmin_pages:unlock[POST,draft] "
            "wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_revert "
            "wagtailadmin_pages:revisions_compare wagtailadmin_pages:workflow_history "
            "wagtailadmin_pages:workflow_history_detail wagtailadmin_pages:history "
            "wagtailadmin_pages:history_results",
        ),
        ("login login no open open open open", "wagtailadmin_pages:edit"),  # a translator: on to the translation
        (
            "login login open open open no open",
            "wagtailadmin_pages:add wagtailadmin_pages:preview_on_add wagtailadmin_pages:add_subpage",
        ),
        (
            "login login open open open open open",
            "wagtail_bulk_action wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results "
            "wagtailadmin_pages:type_use wagtailadmin_pages:choose_parent wagtailadmin_pages:type_use_results "
            "wagtailadmin_pages:search wagtailadmin_pages:search_results "
            "wagtailadmin_pages:confirm_workflow_cancellation wagtailadmin_pages:revisions_index "
            "wagtailadmin_editing_sessions:release[POST]",
        ),
        (
            "login login post post post post post",
            "wagtailadmin_pages:set_page_position wagtailadmin_pages:lock wagtailadmin_pages:unlock "
            "wagtailadmin_editing_sessions:ping wagtailadmin_editing_sessions:release",
        ),
        (
            "login login no no no no no",
            "wagtailadmin_pages:workflow_action[draft] wagtailadmin_pages:collect_workflow_action_data[draft]",
        ),
    ],
    "Lists of sections": [
        # nobody no-role author reviewer coordinator translator administrator
        ("login login no no open no open", "newsroom:archive newsroom:archive_results newsroom:restore"),
        ("login login no open open no open", "newsroom:decide newsroom:save_pattern"),
        (
            "login login open open open open open",
            "newsroom:session newsroom:help newsroom:under_way newsroom:under_way_results news:index "
            "news:index_results news:choose_parent catalog:index catalog:index_results catalog:choose_parent "
            "coalition:index coalition:index_results coalition:choose_parent events:index events:index_results "
            "events:choose_parent",
        ),
    ],
    "The newsroom": [
        # nobody no-role author reviewer coordinator translator administrator
        ("login login gone gone gone gone gone", "approval:answer[draft]"),
        ("login login no no no gone open", "translation:begin[draft] translation:exchange[draft]"),
        ("login login no no no no no", "patterns:add"),
        ("login login no no no no open", "approval:override"),
        ("login login no no no open open", "translation:begin translation:exchange translation:download"),
        (
            "login login no no open no open",
            "approval:ledger approval:ledger_results approval:emergency approval:answer approval:publication_time "
            "approval:opening approval:undo",
        ),
        (
            "login login no open open no open",
            "approval:take_step[POST] approval:needed_by approval:together approval:restriction "
            "translation:notices[POST] patterns:index patterns:index_results patterns:edit patterns:delete "
            "patterns:history patterns:history_results patterns:usage",
        ),
        (
            "login login open open open open open",
            "approval:give_back_step[POST] translation:report translation:report_results",
        ),
        ("login login post post post post post", "approval:take_step approval:give_back_step translation:notices"),
    ],
    "Places, and the site's name, menu and footer": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no no no no no",
            "wagtailsnippets:index wagtailsnippets_home_sitesettings:revisions_unschedule "
            "wagtailsnippets_home_sitesettings:unpublish wagtailsnippets_events_venue:revisions_unschedule",
        ),
        (
            "login login no no no no open",
            "wagtailsnippets_home_sitesettings:add wagtailsnippets_home_sitesettings:delete "
            "wagtailsnippets_home_sitesettings:copy wagtailsnippets_home_sitesettings:preview_on_add "
            "wagtailsnippets_home_sitesettings:unlock[POST] wagtailsnippetchoosers_home_sitesettings:create "
            "wagtailsnippets_events_venue:unlock[POST]",
        ),
        (
            "login login no no no no post",
            "wagtailsnippets_home_sitesettings:unlock wagtailsnippets_events_venue:unlock",
        ),
        (
            "login login no no open no open",
            "wagtailsnippets_home_sitesettings:preview_on_edit wagtailsnippets_events_venue:delete "
            "wagtailsnippets_events_venue:unpublish",
        ),
        (
            "login login no no open open open",
            "wagtailsnippets_home_sitesettings:list wagtailsnippets_home_sitesettings:list_results "
            "wagtailsnippets_home_sitesettings:usage wagtailsnippets_home_sitesettings:history "
            "wagtailsnippets_home_sitesettings:history_results wagtailsnippets_home_sitesettings:revisions_view "
            "wagtailsnippets_home_sitesettings:revisions_compare "
            "wagtailsnippets_home_sitesettings:workflow_history "
            "wagtailsnippets_home_sitesettings:workflow_history_detail",
        ),
        (
            "login login no open open no open",
            "wagtailsnippets_home_sitesettings:edit wagtailsnippets_home_sitesettings:revisions_revert "
            "wagtailsnippets_home_sitesettings:lock[POST] wagtailsnippets_home_sitesettings:workflow_action "
            "wagtailsnippets_home_sitesettings:collect_workflow_action_data "
            "wagtailsnippets_home_sitesettings:workflow_preview wagtailsnippets_events_venue:lock[POST] "
            "wagtailsnippets_events_venue:workflow_action "
            "wagtailsnippets_events_venue:collect_workflow_action_data",
        ),
        (
            "login login no post post no post",
            "wagtailsnippets_home_sitesettings:lock wagtailsnippets_events_venue:lock",
        ),
        (
            "login login open open open no open",
            "wagtailsnippets_events_venue:add wagtailsnippets_events_venue:edit wagtailsnippets_events_venue:copy "
            "wagtailsnippets_events_venue:revisions_revert wagtailsnippetchoosers_events_venue:create",
        ),
        (
            "login login open open open open open",
            "wagtailsnippets_home_sitesettings:confirm_workflow_cancellation "
            "wagtailsnippetchoosers_home_sitesettings:choose "
            "wagtailsnippetchoosers_home_sitesettings:choose_results "
            "wagtailsnippetchoosers_home_sitesettings:chosen "
            "wagtailsnippetchoosers_home_sitesettings:chosen_multiple wagtailsnippets_events_venue:list "
            "wagtailsnippets_events_venue:list_results wagtailsnippets_events_venue:usage "
            "wagtailsnippets_events_venue:history wagtailsnippets_events_venue:history_results "
            "wagtailsnippets_events_venue:revisions_compare "
            "wagtailsnippets_events_venue:confirm_workflow_cancellation "
            "wagtailsnippets_events_venue:workflow_history wagtailsnippets_events_venue:workflow_history_detail "
            "wagtailsnippetchoosers_events_venue:choose wagtailsnippetchoosers_events_venue:choose_results "
            "wagtailsnippetchoosers_events_venue:chosen wagtailsnippetchoosers_events_venue:chosen_multiple",
        ),
    ],
    "Chapters: their order, who looks after them, what readers say": [
        # nobody no-role author reviewer coordinator translator administrator
        ("login login no no open no open", "chapter_position[POST]"),
        (
            "login login no open open no open",
            "chapter_care chapter_feedback_handle[POST] chapter_feedback_remove_words[POST] "
            "chapter_feedback_handle_shown[POST]",
        ),
        ("login login no no open no open", "chapter_changes chapter_change_hide chapter_change_hide[POST]"),
        ("login login open open open open open", "chapter_feedback_report"),
        (
            "login login post post post post post",
            "chapter_position chapter_feedback_handle chapter_feedback_remove_words chapter_feedback_handle_shown",
        ),
    ],
    "Document templates": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no no no no no",
            "wagtailsnippets_catalog_documenttemplate:revisions_unschedule",
        ),
        (
            "login login no no no no open",
            "wagtailsnippets_catalog_documenttemplate:unlock[POST]",
        ),
        (
            "login login no no no no post",
            "wagtailsnippets_catalog_documenttemplate:unlock",
        ),
        (
            "login login no no open no open",
            "wagtailsnippets_catalog_documenttemplate:delete wagtailsnippets_catalog_documenttemplate:unpublish",
        ),
        (
            "login login no open open no open",
            "wagtailsnippets_catalog_documenttemplate:lock[POST] "
            "wagtailsnippets_catalog_documenttemplate:workflow_action "
            "wagtailsnippets_catalog_documenttemplate:collect_workflow_action_data",
        ),
        (
            "login login no post post no post",
            "wagtailsnippets_catalog_documenttemplate:lock",
        ),
        (
            "login login open open open no open",
            "wagtailsnippets_catalog_documenttemplate:add wagtailsnippets_catalog_documenttemplate:edit "
            "wagtailsnippets_catalog_documenttemplate:copy "
            "wagtailsnippets_catalog_documenttemplate:revisions_revert "
            "wagtailsnippetchoosers_catalog_documenttemplate:create",
        ),
        (
            "login login open open open open open",
            "wagtailsnippets_catalog_documenttemplate:list "
            "wagtailsnippets_catalog_documenttemplate:list_results "
            "wagtailsnippets_catalog_documenttemplate:usage wagtailsnippets_catalog_documenttemplate:history "
            "wagtailsnippets_catalog_documenttemplate:history_results "
            "wagtailsnippets_catalog_documenttemplate:revisions_compare "
            "wagtailsnippets_catalog_documenttemplate:confirm_workflow_cancellation "
            "wagtailsnippets_catalog_documenttemplate:workflow_history "
            "wagtailsnippets_catalog_documenttemplate:workflow_history_detail "
            "wagtailsnippetchoosers_catalog_documenttemplate:choose "
            "wagtailsnippetchoosers_catalog_documenttemplate:choose_results "
            "wagtailsnippetchoosers_catalog_documenttemplate:chosen "
            "wagtailsnippetchoosers_catalog_documenttemplate:chosen_multiple",
        ),
    ],
    "The glossary": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no no no no no",
            "wagtailsnippets_catalog_glossaryterm:revisions_unschedule",
        ),
        (
            "login login no no no no open",
            "wagtailsnippets_catalog_glossaryterm:unlock[POST]",
        ),
        (
            "login login no no no no post",
            "wagtailsnippets_catalog_glossaryterm:unlock",
        ),
        (
            "login login no no open no open",
            "wagtailsnippets_catalog_glossaryterm:delete wagtailsnippets_catalog_glossaryterm:unpublish",
        ),
        (
            "login login no open open no open",
            "wagtailsnippets_catalog_glossaryterm:lock[POST] wagtailsnippets_catalog_glossaryterm:workflow_action "
            "wagtailsnippets_catalog_glossaryterm:collect_workflow_action_data",
        ),
        (
            "login login no post post no post",
            "wagtailsnippets_catalog_glossaryterm:lock",
        ),
        (
            "login login open open open no open",
            "wagtailsnippets_catalog_glossaryterm:add wagtailsnippets_catalog_glossaryterm:edit "
            "wagtailsnippets_catalog_glossaryterm:copy wagtailsnippets_catalog_glossaryterm:revisions_revert "
            "wagtailsnippetchoosers_catalog_glossaryterm:create",
        ),
        (
            "login login open open open open open",
            "wagtailsnippets_catalog_glossaryterm:list wagtailsnippets_catalog_glossaryterm:list_results "
            "wagtailsnippets_catalog_glossaryterm:usage wagtailsnippets_catalog_glossaryterm:history "
            "wagtailsnippets_catalog_glossaryterm:history_results "
            "wagtailsnippets_catalog_glossaryterm:revisions_compare "
            "wagtailsnippets_catalog_glossaryterm:confirm_workflow_cancellation "
            "wagtailsnippets_catalog_glossaryterm:workflow_history "
            "wagtailsnippets_catalog_glossaryterm:workflow_history_detail "
            "wagtailsnippetchoosers_catalog_glossaryterm:choose "
            "wagtailsnippetchoosers_catalog_glossaryterm:choose_results "
            "wagtailsnippetchoosers_catalog_glossaryterm:chosen "
            "wagtailsnippetchoosers_catalog_glossaryterm:chosen_multiple",
        ),
    ],
    "Facts": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no no no no no",
            "wagtailsnippets_home_fact:revisions_unschedule",
        ),
        ("login login no no no no open", "wagtailsnippets_home_fact:unlock[POST]"),
        ("login login no no no no post", "wagtailsnippets_home_fact:unlock"),
        ("login login no no open no open", "wagtailsnippets_home_fact:delete wagtailsnippets_home_fact:unpublish"),
        (
            "login login no open open no open",
            "wagtailsnippets_home_fact:workflow_action wagtailsnippets_home_fact:collect_workflow_action_data "
            "wagtailsnippets_home_fact:lock[POST]",
        ),
        ("login login no post post no post", "wagtailsnippets_home_fact:lock"),
        (
            "login login open open open no open",
            "wagtailsnippets_home_fact:add wagtailsnippets_home_fact:copy wagtailsnippetchoosers_home_fact:create",
        ),
        (
            "login login open open open open open",
            "fact_choices wagtailsnippetchoosers_home_fact:choose wagtailsnippetchoosers_home_fact:choose_results "
            "wagtailsnippetchoosers_home_fact:chosen wagtailsnippetchoosers_home_fact:chosen_multiple "
            "wagtailsnippets_home_fact:list wagtailsnippets_home_fact:list_results wagtailsnippets_home_fact:edit "
            "wagtailsnippets_home_fact:usage wagtailsnippets_home_fact:history "
            "wagtailsnippets_home_fact:history_results wagtailsnippets_home_fact:revisions_revert "
            "wagtailsnippets_home_fact:revisions_compare wagtailsnippets_home_fact:confirm_workflow_cancellation "
            "wagtailsnippets_home_fact:workflow_history wagtailsnippets_home_fact:workflow_history_detail",
        ),
    ],
    "Words for the search, and what people search for": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no no no no no",
            "wagtailsnippets_home_searchsynonym:revisions_unschedule "
            "wagtailsnippets_home_searchrecommendation:revisions_unschedule",
        ),
        (
            "login login no no no no open",
            "wagtailsnippets_home_searchsynonym:unlock[POST] wagtailsnippets_home_searchrecommendation:unlock[POST]",
        ),
        (
            "login login no no no no post",
            "wagtailsnippets_home_searchsynonym:unlock wagtailsnippets_home_searchrecommendation:unlock",
        ),
        (
            "login login no no open no open",
            "wagtailsnippets_home_searchsynonym:delete wagtailsnippets_home_searchsynonym:unpublish "
            "wagtailsnippets_home_searchrecommendation:delete wagtailsnippets_home_searchrecommendation:unpublish",
        ),
        (
            "login login no open open no open",
            "wagtailsnippets_home_searchsynonym:list wagtailsnippets_home_searchsynonym:list_results "
            "wagtailsnippets_home_searchsynonym:add wagtailsnippets_home_searchsynonym:edit "
            "wagtailsnippets_home_searchsynonym:copy wagtailsnippets_home_searchsynonym:usage "
            "wagtailsnippets_home_searchsynonym:history wagtailsnippets_home_searchsynonym:history_results "
            "wagtailsnippets_home_searchsynonym:revisions_revert "
            "wagtailsnippets_home_searchsynonym:revisions_compare wagtailsnippets_home_searchsynonym:lock[POST] "
            "wagtailsnippets_home_searchsynonym:workflow_action "
            "wagtailsnippets_home_searchsynonym:collect_workflow_action_data "
            "wagtailsnippets_home_searchsynonym:workflow_history "
            "wagtailsnippets_home_searchsynonym:workflow_history_detail "
            "wagtailsnippets_home_searchrecommendation:list "
            "wagtailsnippets_home_searchrecommendation:list_results wagtailsnippets_home_searchrecommendation:add "
            "wagtailsnippets_home_searchrecommendation:edit wagtailsnippets_home_searchrecommendation:copy "
            "wagtailsnippets_home_searchrecommendation:usage wagtailsnippets_home_searchrecommendation:history "
            "wagtailsnippets_home_searchrecommendation:history_results "
            "wagtailsnippets_home_searchrecommendation:revisions_revert "
            "wagtailsnippets_home_searchrecommendation:revisions_compare "
            "wagtailsnippets_home_searchrecommendation:lock[POST] "
            "wagtailsnippets_home_searchrecommendation:workflow_action "
            "wagtailsnippets_home_searchrecommendation:collect_workflow_action_data "
            "wagtailsnippets_home_searchrecommendation:workflow_history "
            "wagtailsnippets_home_searchrecommendation:workflow_history_detail "
            "wagtailsnippetchoosers_home_searchsynonym:create "
            "wagtailsnippetchoosers_home_searchrecommendation:create",
        ),
        (
            "login login no post post no post",
            "wagtailsnippets_home_searchsynonym:lock wagtailsnippets_home_searchrecommendation:lock",
        ),
        (
            "login login open open open open open",
            "searched_words searched_words_results why_found "
            "wagtailsnippets_home_searchsynonym:confirm_workflow_cancellation "
            "wagtailsnippets_home_searchrecommendation:confirm_workflow_cancellation "
            "wagtailsnippetchoosers_home_searchsynonym:choose "
            "wagtailsnippetchoosers_home_searchsynonym:choose_results "
            "wagtailsnippetchoosers_home_searchsynonym:chosen "
            "wagtailsnippetchoosers_home_searchsynonym:chosen_multiple "
            "wagtailsnippetchoosers_home_searchrecommendation:choose "
            "wagtailsnippetchoosers_home_searchrecommendation:choose_results "
            "wagtailsnippetchoosers_home_searchrecommendation:chosen "
            "wagtailsnippetchoosers_home_searchrecommendation:chosen_multiple",
        ),
    ],
    "Editions of the handbook": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no no no no no",
            "wagtailsnippets_catalog_edition:revisions_unschedule",
        ),
        (
            "login login no no no no open",
            "wagtailsnippets_catalog_edition:unlock[POST]",
        ),
        (
            "login login no no no no post",
            "wagtailsnippets_catalog_edition:unlock",
        ),
        (
            "login login no no open no open",
            "wagtailsnippets_catalog_edition:add wagtailsnippets_catalog_edition:delete "
            "wagtailsnippets_catalog_edition:unpublish catalog_edition_again[POST] "
            "wagtailsnippetchoosers_catalog_edition:create",
        ),
        (
            "login login no open open no open",
            "wagtailsnippets_catalog_edition:list wagtailsnippets_catalog_edition:list_results "
            "wagtailsnippets_catalog_edition:edit wagtailsnippets_catalog_edition:usage "
            "wagtailsnippets_catalog_edition:history wagtailsnippets_catalog_edition:history_results "
            "wagtailsnippets_catalog_edition:revisions_revert "
            "wagtailsnippets_catalog_edition:revisions_compare wagtailsnippets_catalog_edition:lock[POST] "
            "wagtailsnippets_catalog_edition:workflow_action "
            "wagtailsnippets_catalog_edition:collect_workflow_action_data "
            "wagtailsnippets_catalog_edition:workflow_history "
            "wagtailsnippets_catalog_edition:workflow_history_detail catalog_edition_progress "
            "catalog_edition_draft",
        ),
        (
            "login login no post post no post",
            "wagtailsnippets_catalog_edition:lock",
        ),
        (
            "login login post post post post post",
            "catalog_edition_again",
        ),
        (
            "login login open open open open open",
            "wagtailsnippets_catalog_edition:confirm_workflow_cancellation "
            "wagtailsnippetchoosers_catalog_edition:choose "
            "wagtailsnippetchoosers_catalog_edition:choose_results "
            "wagtailsnippetchoosers_catalog_edition:chosen "
            "wagtailsnippetchoosers_catalog_edition:chosen_multiple",
        ),
    ],
    "Pictures": [
        # nobody no-role author reviewer coordinator translator administrator
        ("login login gone gone gone gone gone", "wagtailimages:url_generator wagtailimages:url_generator_output"),
        (
            "login login no no no no no",
            "wagtailimages:create_multiple_from_uploaded_image[POST] wagtailimages:delete_upload_multiple[POST]",
        ),
        (
            "login login no open open no open",
            "wagtailimages:edit wagtailimages:delete wagtailimages:preview wagtailimages:image_usage "
            "wagtailimages:edit_multiple[POST] wagtailimages:delete_multiple[POST]",
        ),
        (
            "login login open open open open open",
            "wagtailimages:index wagtailimages:index_results wagtailimages:add wagtailimages:add_multiple "
            "wagtailimages_chooser:choose wagtailimages_chooser:choose_results wagtailimages_chooser:chosen "
            "wagtailimages_chooser:chosen_multiple wagtailimages_chooser:create "
            "wagtailimages_chooser:select_format",
        ),
        (
            "login login post post post post post",
            "wagtailimages:edit_multiple wagtailimages:create_multiple_from_uploaded_image "
            "wagtailimages:delete_multiple wagtailimages:delete_upload_multiple",
        ),
    ],
    "Documents": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no no no no no",
            "wagtaildocs:create_multiple_from_uploaded_document[POST] wagtaildocs:delete_upload_multiple[POST]",
        ),
        (
            "login login no open open no open",
            "wagtaildocs:edit wagtaildocs:delete wagtaildocs:edit_multiple[POST] "
            "wagtaildocs:delete_multiple[POST] wagtaildocs:document_usage",
        ),
        (
            "login login open open open open open",
            "wagtaildocs:index wagtaildocs:index_results wagtaildocs:add wagtaildocs:add_multiple "
            "wagtaildocs_chooser:choose wagtaildocs_chooser:choose_results wagtaildocs_chooser:chosen "
            "wagtaildocs_chooser:chosen_multiple wagtaildocs_chooser:create",
        ),
        (
            "login login post post post post post",
            "wagtaildocs:edit_multiple wagtaildocs:create_multiple_from_uploaded_document "
            "wagtaildocs:delete_multiple wagtaildocs:delete_upload_multiple",
        ),
    ],
    "Choosers": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login open open open open open",
            "wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search "
            "wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link "
            "wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link "
            "wagtailadmin_choose_page_anchor_link wagtailembeds:chooser wagtailembeds:chooser_upload",
        ),
    ],
    "What scripts of the admin ask": [
        # nobody no-role author reviewer coordinator translator administrator
        ("login login gone gone gone gone gone", "wagtailadmin_block_preview"),
        ("login login open open open gone open", "wagtailadmin_api:pages:detail"),
        ("login login post post post post post", "wagtailadmin_api:pages:action"),
        (
            "login login gone gone gone gone gone",
            "wagtailadmin_api:pages:action[POST] wagtailadmin_api:pages:find wagtailadmin_api:documents:find "
            "wagtailadmin_api:images:find",
        ),
        (
            "login login open open open open open",
            "wagtailadmin_tag_autocomplete wagtailadmin_api:pages:listing "
            "wagtailadmin_api:documents:listing "
            "wagtailadmin_api:documents:detail wagtailadmin_api:images:listing "
            "wagtailadmin_api:images:detail wagtailadmin_tag_model_autocomplete "
            "wagtailadmin_dismissibles topic_suggestions",
        ),
        ("open open open open open open open", "wagtailadmin_sprite wagtailadmin_javascript_catalog"),
    ],
    "Reports of Wagtail": [
        # nobody no-role author reviewer coordinator translator administrator
        (
            "login login no open open open open",
            "wagtailadmin_reports:locked_pages wagtailadmin_reports:locked_pages_results",
        ),
        (
            "login login open open open open open",
            "wagtailadmin_reports:workflow wagtailadmin_reports:workflow_results "
            "wagtailadmin_reports:workflow_tasks wagtailadmin_reports:workflow_tasks_results "
            "wagtailadmin_reports:site_history wagtailadmin_reports:site_history_results "
            "wagtailadmin_reports:aging_pages wagtailadmin_reports:aging_pages_results "
            "wagtailadmin_reports:page_types_usage wagtailadmin_reports:page_types_usage_results",
        ),
    ],
    "How the site is set up": [
        # nobody no-role author reviewer coordinator translator administrator
        ("login login gone gone gone gone gone", "wagtailsettings:edit wagtailsettings:preview_on_edit"),
        ("login login gone gone gone gone open", "wagtailadmin_collections:delete"),
        ("login login no no no no no", "wagtaillocales:add"),
        (
            "login login no no no no open",
            "wagtailadmin_collections:edit wagtailadmin_collections:index wagtailadmin_collections:add "
            "wagtailadmin_collections:set_privacy wagtailadmin_workflows:index "
            "wagtailadmin_workflows:index_results wagtailadmin_workflows:add wagtailadmin_workflows:enable[POST] "
            "wagtailadmin_workflows:disable wagtailadmin_workflows:edit wagtailadmin_workflows:usage "
            "wagtailadmin_workflows:usage_results wagtailadmin_workflows:remove[POST] "
            "wagtailadmin_workflows:add_task wagtailadmin_workflows:select_task_type "
            "wagtailadmin_workflows:task_index wagtailadmin_workflows:task_index_results "
            "wagtailadmin_workflows:edit_task wagtailadmin_workflows:disable_task "
            "wagtailadmin_workflows:enable_task[POST] "
            "wagtaillocales:index wagtaillocales:index_results "
            "wagtaillocales:edit wagtaillocales:delete wagtaillocales:history wagtaillocales:history_results "
            "wagtaillocales:usage wagtailsites:index wagtailsites:index_results wagtailsites:add "
            "wagtailsites:edit wagtailsites:delete wagtailsites:history wagtailsites:history_results "
            "wagtailsites:usage wagtailsites:copy",
        ),
        (
            "login login no no open no open",
            "wagtailredirects:index wagtailredirects:index_results wagtailredirects:add wagtailredirects:edit "
            "wagtailredirects:delete wagtailredirects:start_import wagtailredirects:process_import[POST]",
        ),
        ("login login no no post no post", "wagtailredirects:process_import"),
        (
            "login login open open open open open",
            "wagtailadmin_workflows:task_chooser wagtailadmin_workflows:task_chooser_results "
            "wagtailadmin_workflows:task_chooser_create wagtailadmin_workflows:task_chosen",
        ),
        (
            "login login post post post post post",
            "wagtailadmin_workflows:enable wagtailadmin_workflows:remove wagtailadmin_workflows:enable_task",
        ),
    ],
    "The first screen, and what is nowhere": [
        # nobody no-role author reviewer coordinator translator administrator
        ("gone gone gone gone gone gone gone", "wagtailadmin_error_test"),
        (
            "login login gone gone gone gone gone",
            "admin/settings/<slug:app_name>/<slug:model_name>/<int:pk>/ admin/.*/",
        ),
        ("login login no no no no open", "admin/workflows/remove/<int:page_pk>/<int:workflow_pk>/[POST]"),
        ("login login open open open open open", "wagtailadmin_home admin/test404/"),
        ("login login post post post post post", "admin/workflows/remove/<int:page_pk>/<int:workflow_pk>/"),
        ("gone gone gone gone gone gone gone", r"((?:[\w\-]+/)*)"),
    ],
}


def asked() -> list[tuple[str, tuple[str, ...]]]:
    """What is asked, and the answers, in the order of the table."""
    return [
        (name, tuple(answers.split())) for area in AREAS.values() for answers, names in area for name in names.split()
    ]
