-- Which figures a statement prints or rests on (语句所用的数字), as patterns of ids. `@` stands for districts and for
-- departments; a statement of other work is called as its item.
CREATE OR REPLACE VIEW reference.printed AS
WITH printed (statement_id, figures) AS (
    VALUES
    ('scope', ['*_sites.sites', 'sites.registered', 'sites.inspected', 'sites.share']),
    ('site_result', ['*_sites.unqualified']),
    ('site_reasons', ['sites.reasons.*']),
    ('site_rate', ['sites.rate', 'sites.basic']),
    ('site_streak', ['sites.streak']),
    ('site_failures', ['sites.unqualified']),
    ('site_recheck', ['sites.rechecked', 'sites.recovered']),
    ('site_repeated', ['sites.repeats.*']),
    ('site_register', ['sites.added', 'sites.closed']),
    (
        '@_average',
        ['@_sites.average', '@_sites.change', '@_sites.year_change', '@_sites.scored', '@_sites.*_mark']
    ),
    ('@_change', ['@_sites.change']),
    ('@_year_change', ['@_sites.year_change']),
    ('@_rate', ['@_sites.rate', '@_sites.basic']),
    ('@_units', ['@_sites.sound_units']),
    ('@_units_except', ['@_sites.faulty_units', '@_sites.sound_units']),
    ('@_rises', ['@_sites.rises.*']),
    ('@_standings', ['@_sites.standings.*']),
    ('@_low', ['@_sites.standings.*', '@_sites.scored']),
    ('@_bands', ['@_sites.bands.*', '@_sites.scored']),
    ('@_full', ['@_sites.full']),
    ('@_without_deduction', ['@_sites.without_deduction']),
    ('@_indicators', ['@_sites.clean_indicators']),
    ('@_deduction', ['@_sites.deduction', '@_sites.unvetoed']),
    ('@_bonus', ['@_sites.bonus', '@_sites.bonuses.*', '@_sites.unvetoed']),
    ('@_bonus_least', ['@_sites.bonuses.*']),
    ('@_bonus_stage', ['@_sites.bonus_stage']),
    ('@_functions', ['@_sites.functions.*']),
    ('account_scope', ['new_media.accounts']),
    ('account_change', ['new_media.accounts_change']),
    ('account_platforms', ['new_media.platforms.*.accounts']),
    ('account_platform_changes', ['new_media.platforms.*.change']),
    ('account_owners', ['new_media.d*.accounts', 'new_media.d*.share']),
    ('account_rate', ['new_media.rate', 'new_media.rate_change']),
    ('account_platform_rates', ['new_media.platforms.*.rate']),
    ('account_rate_change', ['new_media.rate_change']),
    ('@_accounts', ['new_media.@s.rate', 'new_media.@s.units_at_100']),
    ('@_accounts_below', ['new_media.@s.units_below', 'new_media.@s.units_at_100']),
    (
        '@_account_average',
        ['new_media.@s.average', 'new_media.@s.change', 'new_media.@s.scored', 'new_media.@s.full_mark']
    ),
    ('@_account_change', ['new_media.@s.change']),
    ('account_failures', ['new_media.unqualified']),
    ('account_failure_list', ['new_media.unqualified', 'new_media.faulty_units']),
    ('account_failure_reasons', ['new_media.vetoes.*']),
    ('account_concentration', ['new_media.worst', 'new_media.worst_share']),
    ('error_reports', ['error_reports.messages', 'error_reports.d*']),
    ('error_report_@s', ['error_reports.@s']),
    ('error_report_types', ['error_reports.types']),
    ('error_report_on_time', ['error_reports.on_time', 'error_reports.top_on_time']),
    ('error_report_concentration', ['error_reports.top', 'error_reports.top_*']),
    ('error_report_late', ['error_reports.late']),
    ('error_report_late_units', ['error_reports.late_units']),
    ('problem_count', ['problems.rows', 'problems.sites']),
    ('clean_units', ['problems.clean_units']),
    ('problem_units', ['problems.concerned.*']),
    ('problems', ['problems.concerned.*']),
    ('closure_order', ['sites.unqualified', 'new_media.unqualified']),
    ('attachments', ['*_sites.rows.*'])
),

known AS (
    SELECT
        replace(printed.statement_id, '@', grp.site_group) AS statement_id,
        replace(unnest(printed.figures), '@', grp.site_group) AS figure
    FROM printed
    CROSS JOIN reference.site_group AS grp
    UNION
    SELECT
        supplement_id,
        'work.' || supplement_id || unnest(['', '.*'])
    FROM reference.supplement
)

SELECT
    statement_id,
    figure
FROM known
