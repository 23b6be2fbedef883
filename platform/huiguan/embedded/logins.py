"""The two logins of the application: an owner for opening and migrating chambers, and one that owns nothing."""

OWNER = "huiguan_owner"
APP = "huiguan_app"
DATABASE = "huiguan"
RIGHTS = {
    OWNER: "LOGIN CREATEDB CREATEROLE NOSUPERUSER",
    APP: "LOGIN NOINHERIT NOCREATEDB NOCREATEROLE NOSUPERUSER",
}
Password = tuple[str, bool]  # and whether it was made just now
