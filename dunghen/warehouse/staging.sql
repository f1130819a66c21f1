-- What the registry's files hold before authority.sql puts them together.
CREATE TABLE staging.authorities (
    authority_code VARCHAR PRIMARY KEY,
    gso_code VARCHAR,
    authority_name VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    authority_kind VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    parent_code VARCHAR,
    valid_from DATE,
    valid_from_is_bound BOOLEAN,
    valid_to DATE,
    valid_to_is_bound BOOLEAN,
    latitude DOUBLE,
    longitude DOUBLE,
    area_km2 DOUBLE
);

CREATE TABLE staging.others (
    authority_code VARCHAR PRIMARY KEY,
    gso_code VARCHAR,
    authority_name VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    authority_kind VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    parent_code VARCHAR,
    valid_from DATE,
    valid_from_is_bound BOOLEAN,
    valid_to DATE,
    valid_to_is_bound BOOLEAN,
    latitude DOUBLE,
    longitude DOUBLE,
    area_km2 DOUBLE,
    portal_code VARCHAR
);

CREATE TABLE staging.illustrative (
    authority_code VARCHAR PRIMARY KEY,
    gso_code VARCHAR,
    authority_name VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    authority_kind VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    parent_code VARCHAR,
    valid_from DATE,
    valid_from_is_bound BOOLEAN,
    valid_to DATE,
    valid_to_is_bound BOOLEAN,
    latitude DOUBLE,
    longitude DOUBLE,
    area_km2 DOUBLE,
    portal_code VARCHAR
);

CREATE TABLE staging.portal_codes (
    portal_code VARCHAR PRIMARY KEY,
    authority_code VARCHAR NOT NULL
);
