# hello, get and post on FastAPI: declared inputs and response models, uvicorn with uvloop and httptools.
import os
from typing import Annotated, Optional

import uvicorn
from fastapi import FastAPI, Path, Query
from pydantic import AnyUrl, BaseModel, Field


class Message(BaseModel):
    message: str


class ItemAnswer(BaseModel):
    item_id: int
    q: Optional[str]


class Image(BaseModel):
    url: AnyUrl
    name: str


class Item(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=100)]
    description: Optional[str] = None
    price: Annotated[float, Field(gt=0)]
    tax: Optional[float] = None
    tags: list[str] = []
    images: Optional[list[Image]] = None


app = FastAPI()


@app.get("/hello")
async def hello() -> Message:
    return {"message": "Hello World"}


@app.get("/items/{item_id}")
async def read_item(
    item_id: Annotated[int, Path(ge=1)], q: Annotated[Optional[str], Query(max_length=50)] = None
) -> ItemAnswer:
    return {"item_id": item_id, "q": q}


@app.post("/items", status_code=201)
async def create_item(item: Item) -> Item:
    return item


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error", access_log=False)
