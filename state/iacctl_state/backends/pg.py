"""The pg backend: one row per workspace in a PostgreSQL table, locked by advisory locks, laid out as Terraform does.

psycopg is imported when the first connection is made; it is an extra: ``pip install "iacctl[pg]"``.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from iacctl_state.backends import remote
from iacctl_state.backends.port import DEFAULT_WORKSPACE, StoredState
from iacctl_state.backends.waiting import lock_patiently
from iacctl_state.digest import digest
from iacctl_state.errors import BackendConfigError, ConflictError, LockError, LockHeldError, StateError, WorkspaceError
from iacctl_state.locks import new_lock_info

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iacctl_state.document import Json
    from iacctl_state.locks import LockInfo, LockRequest

ATTRIBUTES: Final[dict[str, Json]] = {
    "conn_str": "string",
    "schema_name": "string",
    "skip_index_creation": "bool",
    "skip_schema_creation": "bool",
    "skip_table_creation": "bool",
}
"""Arguments and their types. (The same as Terraform's, and so is their hash.)"""

_SCHEMA: Final = "terraform_remote_state"
_CREATION: Final = -1
"""The advisory lock that is held while a row is made: the row's own id is not known before."""

_PREPARATION: Final = -2
"""The advisory lock that is held while schema and table are made."""

_TRUE: Final = ("1", "t", "T", "true", "TRUE", "True")


class PgBackend:
    """States in a table.

    Args:
        config: The arguments of the block; null stands for one that was not given. PG_CONN_STR and the like fill them in.
        folder: The working folder, which holds the journals.
    """

    type: Final = "pg"
    has_workspaces: Final = True

    def __init__(self, config: Mapping[str, Json], *, folder: str = "") -> None:
        self._config = {name: _given(config, name) for name in ATTRIBUTES}
        self._folder = folder
        self._prepared = False

    @property
    def schema(self) -> str:
        """The schema of the table."""
        return self._config["schema_name"] or _SCHEMA

    def connect(self) -> Any:
        """A new connection, after which there is a table.

        Raises:
            StateError: The server cannot be reached, or does not allow it.
        """
        try:
            import psycopg
        except ImportError:
            raise BackendConfigError(
                "Missing package", 'The backend "pg" needs psycopg: pip install "iacctl[pg]".', "conn_str"
            ) from None
        with explained("Failed to connect to PostgreSQL"):
            connection = psycopg.connect(self._config["conn_str"] or "", autocommit=True)
        if not self._prepared:
            try:
                self._prepare(connection)
            except StateError:
                connection.close()
                raise
            self._prepared = True
        return connection

    def _prepare(self, connection: Any) -> None:
        """Make what is missing."""
        from psycopg import sql

        schema, config = sql.Identifier(self.schema), self._config
        # Even with IF NOT EXISTS, two that make the same thing at the same time get in each other's way.
        with explained("Failed to prepare the table of states"), connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_PREPARATION,))
            if not config["skip_schema_creation"]:
                query = "select count(1) from information_schema.schemata where schema_name = %s"
                if not connection.execute(query, (self.schema,)).fetchone()[0]:
                    connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
            if not config["skip_table_creation"]:
                connection.execute("CREATE SEQUENCE IF NOT EXISTS public.global_states_id_seq AS bigint")
                connection.execute(
                    sql.SQL(
                        "CREATE TABLE IF NOT EXISTS {}.states (id bigint NOT NULL DEFAULT "
                        "nextval('public.global_states_id_seq') PRIMARY KEY, name text UNIQUE, data text)"
                    ).format(schema)
                )
            if not config["skip_index_creation"]:
                connection.execute(
                    sql.SQL("CREATE UNIQUE INDEX IF NOT EXISTS states_by_name ON {}.states (name)").format(schema)
                )

    def execute(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run a query on a connection of its own, `{}` in it being the schema; its rows, if it gives any."""
        with self.connect() as connection:
            return run(connection, self.schema, query, *parameters)

    def workspaces(self) -> list[str]:
        """``default`` and the name of every other row."""
        rows = self.execute("SELECT name FROM {}.states WHERE name != 'default' ORDER BY name")
        return [DEFAULT_WORKSPACE, *(row[0] for row in rows)]

    def create_workspace(self, name: str) -> None:
        """Create a workspace with an empty state; see :class:`~iacctl_state.backends.port.Backend`."""
        remote.create_workspace(self, name)

    def delete_workspace(self, name: str) -> None:
        """Delete a workspace's row."""
        remote.check_deletable(name)
        if not self.execute("DELETE FROM {}.states WHERE name = %s RETURNING name", name):
            raise WorkspaceError(f'Workspace "{name}" doesn\'t exist.')

    def state(self, workspace: str) -> PgStateStore:
        """The store of a workspace's state."""
        return PgStateStore(workspace, self, folder=self._folder)


class PgStateStore:
    """The row of one workspace.

    Args:
        workspace: The workspace.
        backend: Makes connections.
        folder: The working folder, which holds the journal.
    """

    is_local: Final = False

    def __init__(self, workspace: str, backend: PgBackend, *, folder: str) -> None:
        self.workspace = workspace
        self.description = f'the row "{workspace}" of {backend.schema}.states'
        self.lock_id: str | None = None
        self._backend = backend
        self._folder = folder
        self._holding: Any = None  # the connection whose end is the end of the lock
        self._advisory = _CREATION

    @property
    def journal_path(self) -> str:
        """In the working folder, named after the row."""
        return remote.journal_path(self._folder, self.description)

    def read(self) -> StoredState | None:
        """The row's text."""
        rows = self._execute("SELECT data FROM {}.states WHERE name = %s", self.workspace)
        if not rows or not rows[0][0]:
            return None
        content = rows[0][0].encode()
        return StoredState(content, digest(content))

    def write(self, content: bytes, *, expected: str | None, backup: bool) -> str:
        """Replace the row's text."""
        if expected is not None:
            current = self.read()
            if (current.version if current is not None else "") != expected:
                raise ConflictError(
                    "State was changed by another program",
                    f"{self.description} is not the state that this operation began with: another program has written it "
                    "since. It was left as it is.",
                )
        query = (
            "INSERT INTO {}.states (name, data) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET data = EXCLUDED.data "
            "RETURNING id"
        )
        if self._holding is not None and self._advisory == _CREATION:
            # Whoever sees the new row must find it locked.
            with explained("Failed to use the table of states"), self._holding.transaction():
                [(number,)] = self._execute(query, self.workspace, content.decode())
                self._execute("SELECT pg_advisory_lock(%s)", number)
            self._execute("SELECT pg_advisory_unlock(-1)")
            self._advisory = number
        else:
            self._execute(query, self.workspace, content.decode())
        return digest(content)

    def lock(self, request: LockRequest) -> str:
        """Take the row's advisory lock or, where there is no row yet, the one for making rows."""
        if self.lock_id is not None:
            raise LockError("Error acquiring the state lock", f"{self.description} is already locked by this process.")
        connection = self._backend.connect()

        def attempt() -> str:
            info = new_lock_info(request, "")
            self._advisory = self._try(connection)
            return info.id

        try:
            self.lock_id = lock_patiently(attempt, request)
        except BaseException:
            connection.close()
            raise
        self._holding = connection
        return self.lock_id

    def _try(self, connection: Any) -> int:
        """The number of the lock that was taken.

        Raises:
            LockHeldError: Somebody else holds it.
        """
        schema = self._backend.schema
        query = (
            "SELECT states.id, pg_try_advisory_lock(states.id), pg_try_advisory_lock(-1) FROM {}.states "
            "WHERE states.name = %s"
        )
        rows = run(connection, schema, query, self.workspace)
        if not rows:
            if not run(connection, schema, "SELECT pg_try_advisory_lock(-1)")[0][0]:
                raise LockHeldError(f"Already locked for workspace creation: {self.workspace}")
            rows = run(connection, schema, query, self.workspace)  # made in between?
            if not rows:
                return _CREATION
            run(connection, schema, "SELECT pg_advisory_unlock(-1)")
        number, taken, creation = rows[0]
        if creation:
            run(connection, schema, "SELECT pg_advisory_unlock(-1)")
        if not taken:
            raise LockHeldError(f"Workspace is already locked: {self.workspace}")
        advisory: int = number
        return advisory

    def unlock(self) -> None:
        """Give the lock back."""
        connection, self._holding, self.lock_id = self._holding, None, None
        if connection is not None:
            with connection:
                run(connection, self._backend.schema, "SELECT pg_advisory_unlock(%s)", self._advisory)

    def force_unlock(self, lock_id: str) -> None:
        """These locks end with the connection that holds them, and cannot be broken through another."""
        raise LockError(
            "Failed to unlock state",
            "The lock of a state in PostgreSQL ends with the connection that holds it, and cannot be broken by another. "
            "Stop the process that holds it instead, or end its connection with pg_terminate_backend.",
        )

    def holder(self) -> LockInfo | None:
        """The server does not know more than that there is one."""
        return None

    def _execute(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        if self._holding is not None:
            return run(self._holding, self._backend.schema, query, *parameters)
        return self._backend.execute(query, *parameters)


def run(connection: Any, schema: str, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Run a query, `{}` in it being the schema; its rows, if it gives any.

    Raises:
        StateError: The server does not answer, or refuses.
    """
    from psycopg import sql

    with explained("Failed to use the table of states"):
        cursor = connection.execute(sql.SQL(query).format(sql.Identifier(schema)), parameters or None)
        return cursor.fetchall() if cursor.description is not None else []


@contextmanager
def explained(summary: str) -> Iterator[None]:
    """Turn errors of PostgreSQL into errors of state; they hold no passwords.

    Raises:
        StateError: PostgreSQL refused something, or could not be reached.
    """
    from psycopg import Error

    try:
        yield
    except Error as error:
        raise StateError(summary, str(error).strip()) from error


def configure(config: Mapping[str, Json], *, folder: str = "") -> PgBackend:
    """Make a backend of a ``backend "pg"`` block's arguments."""
    return PgBackend(config, folder=folder)


def _given(config: Mapping[str, Json], name: str) -> Json:
    value = config.get(name)
    if value is not None:
        return value
    text = os.environ.get(f"PG_{name.upper()}")
    return text in _TRUE if name.startswith("skip_") else text
