# The real route on FastAPI: HTTPBearer in a dependency, a middleware for the headers, a response model that hides columns.
# verify, lookup and rid do what those of ../baselines/real/shared.mjs do.
import base64
import hashlib
import hmac
import json
import os
import time
import uuid
from typing import Annotated, Optional

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Path, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field, create_model

KEY = b"k" * 32
KINDS = ["string" if i % 3 == 0 else "number" if i % 3 == 1 else "boolean" for i in range(20)]
ROWS = [
    {
        "id": i,
        "name": f"Item number {i}",
        "price": 9.5 + i,
        "owner": f"user{i}",
        "active": i % 2 == 0,
        "created": "2026-01-01T00:00:00Z",
        "tags": ["a", "b"],
        "note": None,
        "secret": f"s{i}",
        "hash": f"h{i}",
    }
    for i in range(50)
]


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify(token: str) -> Optional[dict]:
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        digest = hmac.new(KEY, f"{parts[0]}.{parts[1]}".encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(digest, decoded(parts[2])):
            return None
        if json.loads(decoded(parts[0]))["alg"] != "HS256":
            return None
        claims = json.loads(decoded(parts[1]))
    except (ValueError, KeyError):
        return None
    return claims if claims["exp"] > time.time() else None


async def lookup(_user: dict, _org: str) -> list[dict]:
    return ROWS


FIELDS = {"string": Annotated[str, Field(min_length=1, max_length=100)], "number": float, "boolean": bool}
Changes = create_model("Changes", **{f"f{i}": (FIELDS[kind], ...) for i, kind in enumerate(KINDS)})


class Listed(BaseModel):
    id: int
    name: str
    price: float
    owner: str
    active: bool
    created: str
    tags: list[str]
    note: Optional[str]


app = FastAPI()
bearer = HTTPBearer()


async def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> dict:
    claims = verify(credentials.credentials)
    if claims is None:
        raise HTTPException(status_code=401, detail="Not authenticated")
    return claims


@app.middleware("http")
async def add_headers(request: Request, call_next):
    response = await call_next(request)
    response.headers["x-content-type-options"] = "nosniff"
    response.headers["x-frame-options"] = "DENY"
    response.headers["referrer-policy"] = "no-referrer"
    response.headers["x-request-id"] = str(uuid.uuid4())
    return response


@app.post("/orgs/{org}/items/{id}", response_model=list[Listed])
async def change_item(
    user: Annotated[dict, Depends(current_user)],
    org: Annotated[str, Path(max_length=40)],
    id: Annotated[int, Path(ge=1)],
    changes: Changes,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    q: Annotated[Optional[str], Query(max_length=50)] = None,
):
    return await lookup(user, org)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error", access_log=False)
