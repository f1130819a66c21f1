-- Does an authority succeed one that ended after it?
-- examines: successor
-- mend: Assemble data/registry/ anew, or correct data/registry/links_by_hand.csv.
-- mend_vi: Dựng lại data/registry/, hoặc sửa data/registry/links_by_hand.csv.
SELECT
    former.authority_code,
    former.valid_to,
    heir.authority_code AS successor_code,
    heir.valid_to AS successor_valid_to
FROM successor
INNER JOIN authority AS former ON successor.authority_code = former.authority_code
INNER JOIN authority AS heir ON successor.successor_code = heir.authority_code
WHERE former.valid_to IS NULL OR heir.valid_to < former.valid_to
