-- Does a generation of the registry list another number of authorities than it must?
-- examines: listing
-- mend: Assemble data/registry/ anew.
-- mend_vi: Dựng lại data/registry/.
SELECT
    generation.generation,
    generation.province_count,
    generation.district_count,
    generation.commune_count,
    count(*) FILTER (WHERE authority.level = 'province') AS provinces_listed,
    count(*) FILTER (WHERE authority.level = 'district') AS districts_listed,
    count(*) FILTER (WHERE authority.level = 'commune') AS communes_listed
FROM generation
LEFT JOIN listing ON generation.generation = listing.generation
LEFT JOIN authority ON listing.authority_code = authority.authority_code
GROUP BY ALL
HAVING
    provinces_listed <> generation.province_count
    OR districts_listed <> generation.district_count
    OR communes_listed <> generation.commune_count
