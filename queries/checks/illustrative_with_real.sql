-- Does an imaginary authority lie in a real one, or a real one in it, or one follow on the other?
-- examines: authority, successor
-- mend: Keep data/registry/illustrative.csv to itself: parents and successors there are imaginary too.
-- mend_vi: Để riêng data/registry/illustrative.csv: cấp trên và đơn vị nối tiếp ở đó cũng là tưởng tượng.
WITH link AS (
    SELECT
        authority_code,
        parent_code AS beside_code
    FROM authority
    UNION ALL
    SELECT
        authority_code,
        successor_code
    FROM successor
)

SELECT
    one.authority_code,
    one.authority_name,
    other.authority_code AS beside_code,
    other.authority_name AS beside_name
FROM link
INNER JOIN authority AS one ON link.authority_code = one.authority_code
INNER JOIN authority AS other ON link.beside_code = other.authority_code
WHERE one.illustrative <> other.illustrative
