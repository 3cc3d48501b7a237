"""Write what serving needs of a feature group to Redis, from the executors and in batches.

Each entity is changed by one script, at once: a run as of an earlier moment changes nothing that a
later one wrote, and running again writes the same. What no later request can need is taken away,
and every key expires, so that what nobody fills any more does not stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from redis import Redis

from redis_server import RedisServer, entity_key, entity_keys, meta_key
from store_rows import TileSize, by_entity, tile_number
from store_values import packed

# A batch is sent when it has so many entities, or so many bytes.
ENTITIES = 1000
BYTES = 1 << 20
TIMEOUT = 30.0
ATTEMPTS = 6

# KEYS: meta. ARGV: as_of. Answers the number of this run. Requests before the floor are refused.
BEGIN = """
local floor = redis.call('HGET', KEYS[1], 'floor')
if not floor or tonumber(floor) < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'floor', ARGV[1])
end
return redis.call('HINCRBY', KEYS[1], 'last_run', 1)
"""

# KEYS: meta. ARGV: as_of, run, expires, field, value, …
FINISH = """
local as_of = redis.call('HGET', KEYS[1], 'as_of')
if as_of and tonumber(as_of) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'as_of', ARGV[1], 'run', ARGV[2], unpack(ARGV, 4))
redis.call('PEXPIREAT', KEYS[1], ARGV[3])
return 1
"""

# KEYS: entity. ARGV: as_of, run, expires, how many sizes of tiles; of each: seconds, number of the
# first tile to keep, number of the first that can still grow; then field, value, …
# A tile that can grow no more becomes what the newest run says. One that can is replaced only by
# one that has seen as many events or more: others may know of events that this run does not.
WRITE_TILES = """
-- The first of the values behind an array's header. Redis reads no binary values, such as sketches.
local function events(value)
  local header = string.byte(value) == 0xdc and 3 or 1
  local _, count = cmsgpack.unpack_one(value, header)
  return count
end
local key, as_of, run = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
local by = redis.call('HGET', key, 'by')
if by then
  local seen, number = string.match(by, '^(-?%d+):(%d+)$')
  seen, number = tonumber(seen), tonumber(number)
  if seen > as_of or (seen == as_of and number > run) then return 0 end
  if seen == as_of and number == run and ARGV[5 + 3 * tonumber(ARGV[4])] == nil then return 0 end
end
local keep, open, at = {}, {}, 5
for _ = 1, tonumber(ARGV[4]) do
  keep[ARGV[at]], open[ARGV[at]] = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  at = at + 3
end
local new = {}
for place = at, #ARGV, 2 do new[ARGV[place]] = true end
for _, field in ipairs(redis.call('HKEYS', key)) do
  local size, number = string.match(field, '^(%d+):(-?%d+)$')
  number = tonumber(number)
  if size and (not keep[size] or number < keep[size] or (number < open[size] and not new[field])) then
    redis.call('HDEL', key, field)
  end
end
for place = at, #ARGV, 2 do
  local field, value = ARGV[place], ARGV[place + 1]
  local size, number = string.match(field, '^(%d+):(-?%d+)$')
  local old = tonumber(number) >= open[size] and redis.call('HGET', key, field)
  if not old or events(old) <= events(value) then
    redis.call('HSET', key, field, value)
  end
end
local tiles = redis.call('HLEN', key) - redis.call('HEXISTS', key, 'by')
if tiles == 0 then return redis.call('DEL', key) end
redis.call('HSET', key, 'by', ARGV[1] .. ':' .. ARGV[2])
redis.call('PEXPIREAT', key, ARGV[3])
return 1
"""

# KEYS: entity. ARGV: as_of, run, expires, value; no value where this run knows nothing of it.
# A version that became known after `as_of` stays unless a later one comes.
WRITE_LATEST = """
-- What stands before the columns, behind an array's header: Redis reads no binary values.
local function version(value)
  local _, as_of, run, time, known = cmsgpack.unpack_limit(value, 4, 1)
  return {as_of, run, time, known}
end
local as_of, run = tonumber(ARGV[1]), tonumber(ARGV[2])
local old = redis.call('GET', KEYS[1])
if old then
  local seen = version(old)
  if seen[1] > as_of or (seen[1] == as_of and seen[2] > run) then return 0 end
  local is_unknown = seen[4] >= as_of
  if not ARGV[4] then
    if is_unknown or (seen[1] == as_of and seen[2] == run) then return 0 end
    return redis.call('DEL', KEYS[1])
  end
  local new = version(ARGV[4])
  if is_unknown and (seen[3] > new[3] or (seen[3] == new[3] and seen[4] > new[4])) then return 0 end
end
if ARGV[4] then redis.call('SET', KEYS[1], ARGV[4], 'PXAT', ARGV[3]) end
return 1
"""


@dataclass(frozen=True)
class Writer:
    """A run that fills the store of a group as of a moment, in milliseconds."""

    server: RedisServer
    prefix: str
    keys: int
    as_of: int
    expires: int
    run: int = 0
    sizes: Sequence[TileSize] | None = None

    def connect(self) -> Redis:
        """Return a client for this process. Batches may be sent twice: they change nothing then."""
        return self.server.connect(timeout=TIMEOUT, attempts=ATTEMPTS)

    def begin(self) -> Writer:
        """Return the run with its number. From now on, requests before its moment are refused."""
        with self.connect() as client:
            refuse_eviction(client)
            run = client.register_script(BEGIN)([meta_key(self.prefix)], [self.as_of])
        return replace(self, run=int(run))

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows of one partition, in which those of an entity follow each other."""
        with self.connect() as client:
            self._send(client, self._entities(rows))

    def finish(self, columns: Sequence[str]) -> int:
        """Take away what this run did not find, then say that the store is complete.

        Returns how many entities there are.
        """
        with self.connect() as client:
            pattern = entity_keys(self.prefix)
            kept = self._send(
                client, ((key, []) for key in client.scan_iter(pattern, count=ENTITIES))
            )
        self.complete(columns)
        return kept

    def complete(self, columns: Sequence[str]) -> None:
        """Say that the store is complete."""
        with self.connect() as client:
            told = ["columns", json.dumps(list(columns))]
            arguments = [self.as_of, self.run, self.expires, *told]
            client.register_script(FINISH)([meta_key(self.prefix)], arguments)

    def _entities(self, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[str, list[Any]]]:
        for name, group in by_entity(rows, self.keys):
            own = [each for row in group for each in self._fields(row)]
            yield entity_key(self.prefix, name), own

    def _fields(self, row: Sequence[Any]) -> Sequence[Any]:
        if self.sizes is None:
            time, known, is_gone, *values = row
            stored = [self.as_of, self.run, time, known, None if is_gone else values]
            return [packed(stored)]
        seconds, start, *values = row
        return [f"{seconds}:{tile_number(seconds, start)}", packed(values)]

    def _send(self, client: Redis, entities: Iterable[tuple[Any, list[Any]]]) -> int:
        """Send entities in batches; return how many of them there are afterwards."""
        script = client.register_script(WRITE_LATEST if self.sizes is None else WRITE_TILES)
        common: list[Any] = [self.as_of, self.run, self.expires]
        if self.sizes is not None:
            common.append(len(self.sizes))
            common += [each for size in self.sizes for each in (size.seconds, size.keep, size.open)]
        there, size = 0, 0
        pipeline = client.pipeline(transaction=False)
        for key, own in entities:
            script([key], [*common, *own], client=pipeline)
            pipeline.exists(key)
            size += sum(len(each) for each in own)
            if len(pipeline) >= 2 * ENTITIES or size >= BYTES:
                there, size = there + sum(pipeline.execute()[1::2]), 0
        return there + sum(pipeline.execute()[1::2])


def refuse_eviction(client: Redis) -> None:
    """Stop where the server drops keys to make room: windows would be short and nobody would know."""
    memory = client.info("memory")
    policy = memory.get("maxmemory_policy", "noeviction")
    if memory.get("maxmemory") and policy != "noeviction":
        message = (
            f"Redis evicts keys when memory is short: set maxmemory-policy noeviction, not {policy}"
        )
        raise RuntimeError(message)
