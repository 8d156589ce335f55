"""All settings, from the environment; right with nothing set: SQLite, local cache, debug on loopback only, UTC.

docs/settings.md lists the variables.
"""

from pathlib import Path

from newsdesk import environment
from newsdesk.buckets import buckets

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

DEBUG = environment.flag("DEBUG", default=True)
SECRET_KEY = environment.secret_key("SECRET_KEY", debug=DEBUG)
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", debug=DEBUG)
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "newsdesk",
    "stories",
    "timelines",
    "ckeditor",
    "adminsortable2",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # so that static files leave by the same door in debug mode as in production
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "newsdesk.security.LoopbackOnly",
    "django.middleware.security.SecurityMiddleware",
    "newsdesk.security.ContentSecurityPolicy",
    "newsdesk.security.PermissionsPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # below the headers above, so that static files carry them too
    "newsdesk.compression.Compression",  # above what names an answer, which it names anew
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsdesk.languages.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsdesk.security.ActingFrom",
    "newsdesk.error_pages.OwnNotFoundPage",
]
ROOT_URLCONF = "newsdesk.urls"
WSGI_APPLICATION = "newsdesk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Data

DATABASES = {"default": environment.database("DATABASE_URL", default=VAR / "newsdesk.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache("CACHE_URL")}
SHARED_CACHE = "redis" in CACHES["default"]["BACKEND"]
# A cache in each process would keep a session alive in the others after its owner signed out.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if SHARED_CACHE else 'db'}"

# --- Files

MEDIA_ROOT = environment.directory("MEDIA_ROOT", default=VAR / "media")
ORIGINALS_ROOT = environment.directory("ORIGINALS_ROOT", default=MEDIA_ROOT.parent / "originals")
STATIC_ROOT = environment.directory("STATIC_ROOT", default=VAR / "static")
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
BUCKETS = buckets(debug=DEBUG)  # None: the directories above are used
MEDIA_URL = BUCKETS.media_url if BUCKETS else "/media/"
ON_DISK = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": {  # uploads as they came, with whatever they tell about who took them where: never served
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": ORIGINALS_ROOT,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
STORAGES = {
    **(BUCKETS.storages() if BUCKETS else ON_DISK),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- What is done in the background, by `manage.py db_worker --queue-name '*'`

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
FETCH_ARTICLES = environment.flag("FETCH_ARTICLES", default=False)

# --- Limits. A story of 2,000 events, 200 sections and 999 sources posts some 35,000 fields; Django takes 1,000.

DATA_UPLOAD_MAX_NUMBER_FIELDS = 80_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # every picture row counts, also those without a new file

# --- Language and time

LANGUAGES = [("en", "English"), ("es", "español"), ("ar", "العربية"), ("uk", "українська")]  # as their readers say
LANGUAGE_CODE = environment.language("LANGUAGE_CODE", default="en", known=LANGUAGES)
DESK_LANGUAGE = "en-us"  # English, but none of the readers': so the desk links to pages at their permanent addresses
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = environment.time_zone("TIME_ZONE", default="UTC")
USE_TZ = True

# --- Accounts

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Security headers; newsdesk/security.py says which address gets which policy

SELF = "'self'"
IMAGES = [SELF, MEDIA_URL] if BUCKETS else [SELF]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": IMAGES,
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# CKEditor 4 writes scripts and styles into its editing frame, and its buttons act by inline handlers.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "style-src": [SELF, "'unsafe-inline'"],
    "script-src": [SELF, "'unsafe-inline'"],
    "img-src": [*IMAGES, "data:"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "gamepad",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
        "keyboard-map",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "otp-credentials",
        "payment",
        "picture-in-picture",
        "publickey-credentials-create",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "storage-access",
        "sync-xhr",
        "usb",
        "window-management",
        "xr-spatial-tracking",
    )
}
if not DEBUG:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if environment.flag("TRUST_X_FORWARDED_PROTO", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "ckeditor.W001",  # CKEditor 4 is closed upstream; docs/decisions/django-ckeditor.md says how it is fenced
    "security.W005",  # HSTS for subdomains and preloading bind sites that are not ours: for whoever owns the domain
    "security.W021",
]

# --- CKEditor: no more than stories/rich_text.py keeps, and nothing that calls home or uploads

CKEDITOR_CONFIGS = {
    "default": {
        "toolbar": "Newsdesk",
        "toolbar_Newsdesk": [
            ["Cite"],
            ["Bold", "Italic", "Subscript", "Superscript", "-", "RemoveFormat"],
            ["Link", "Unlink"],
            ["NumberedList", "BulletedList", "Blockquote"],
            ["Undo", "Redo"],
        ],
        "allowedContent": "p br strong em sub sup blockquote ul ol li; a[!href]",
        "removePlugins": (
            "about,adobeair,autoembed,bbcode,codesnippet,codesnippetgeshi,devtools,div,docprops,elementspath,embed,"
            "embedbase,embedsemantic,exportpdf,flash,forms,iframe,iframedialog,image,image2,mathjax,newpage,pagebreak,"
            "placeholder,preview,print,save,scayt,smiley,sourcearea,sourcedialog,stylesheetparser,table,tableresize,"
            "tableselection,tabletools,templates,uicolor,uploadfile,uploadimage,uploadwidget,wsc"
        ),
        "removeDialogTabs": "link:advanced;link:target;link:upload",
        "format_tags": "p",
        "fullPage": False,
        "versionCheck": False,
        "entities": False,  # text is stored as it is read, "é" not "&eacute;"
        "disableNativeSpellChecker": False,
        "linkDefaultProtocol": "https://",
        "width": "100%",
        "height": 220,
    }
}

# --- Logging: what needs somebody, to standard error; requests are for the server in front

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "newsdesk": {"level": "INFO"},
        "stories": {"level": "INFO"},
        "timelines": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "WARNING" if DEBUG else "ERROR"},  # else a line for each address that is not there
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
