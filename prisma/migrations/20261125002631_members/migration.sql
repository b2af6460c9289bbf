-- Review.movieId + userId becomes unique: userId is new, NULL in every row, and NULLs do not count as the same.

-- CreateTable
CREATE TABLE "WatchList" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "isPublic" BOOLEAN NOT NULL DEFAULT false,
    "ownerId" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "WatchList_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "WatchListItem" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "listId" INTEGER NOT NULL,
    "movieId" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "note" TEXT,
    CONSTRAINT "WatchListItem_listId_fkey" FOREIGN KEY ("listId") REFERENCES "WatchList" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "WatchListItem_movieId_fkey" FOREIGN KEY ("movieId") REFERENCES "Movie" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Review" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "movieId" INTEGER NOT NULL,
    "userId" INTEGER,
    "author" TEXT,
    "stars" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "isDemo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Review_movieId_fkey" FOREIGN KEY ("movieId") REFERENCES "Movie" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Review_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Review" ("author", "body", "createdAt", "id", "isDemo", "movieId", "stars", "status", "updatedAt") SELECT "author", "body", "createdAt", "id", "isDemo", "movieId", "stars", "status", "updatedAt" FROM "Review";
DROP TABLE "Review";
ALTER TABLE "new_Review" RENAME TO "Review";
CREATE INDEX "Review_movieId_status_createdAt_idx" ON "Review"("movieId", "status", "createdAt");
CREATE INDEX "Review_status_createdAt_idx" ON "Review"("status", "createdAt");
CREATE INDEX "Review_userId_createdAt_idx" ON "Review"("userId", "createdAt");
CREATE UNIQUE INDEX "Review_movieId_userId_key" ON "Review"("movieId", "userId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "WatchList_isPublic_updatedAt_idx" ON "WatchList"("isPublic", "updatedAt");

-- CreateIndex
CREATE INDEX "WatchList_ownerId_updatedAt_idx" ON "WatchList"("ownerId", "updatedAt");

-- CreateIndex
CREATE INDEX "WatchListItem_listId_place_idx" ON "WatchListItem"("listId", "place");

-- CreateIndex
CREATE INDEX "WatchListItem_movieId_idx" ON "WatchListItem"("movieId");

-- CreateIndex
CREATE UNIQUE INDEX "WatchListItem_listId_movieId_key" ON "WatchListItem"("listId", "movieId");
