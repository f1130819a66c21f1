-- Does an authority lie in one that is not in the registry?
-- examines: authority
-- mend: Add the parent to data/registry/ or correct parent_code.
-- mend_vi: Thêm đơn vị cấp trên vào data/registry/ hoặc sửa parent_code.
SELECT
    child.authority_code,
    child.authority_name,
    child.parent_code
FROM authority AS child
LEFT JOIN authority AS parent ON child.parent_code = parent.authority_code
WHERE
    parent.authority_code IS NULL
    AND child.level <> 'nation'
    -- the imaginary province lies in no nation
    AND NOT (child.illustrative AND child.level = 'province' AND child.parent_code IS NULL)
