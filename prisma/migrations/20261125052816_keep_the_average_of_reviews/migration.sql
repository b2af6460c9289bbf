-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Movie" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT,
    "slug" TEXT NOT NULL,
    "released" DATETIME,
    "runtime" INTEGER,
    "rating" TEXT,
    "budget" BIGINT,
    "usGross" BIGINT,
    "worldwideGross" BIGINT,
    "usDvdSales" BIGINT,
    "imdbRating" REAL,
    "imdbVotes" INTEGER,
    "rottenTomatoes" INTEGER,
    "averageStars" REAL,
    "reviewCount" INTEGER NOT NULL DEFAULT 0,
    "source" TEXT,
    "creativeType" TEXT,
    "directorId" INTEGER,
    "distributorId" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Movie_directorId_fkey" FOREIGN KEY ("directorId") REFERENCES "Person" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Movie_distributorId_fkey" FOREIGN KEY ("distributorId") REFERENCES "Distributor" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Movie" ("budget", "createdAt", "creativeType", "directorId", "distributorId", "id", "imdbRating", "imdbVotes", "rating", "released", "rottenTomatoes", "runtime", "slug", "source", "title", "updatedAt", "usDvdSales", "usGross", "worldwideGross") SELECT "budget", "createdAt", "creativeType", "directorId", "distributorId", "id", "imdbRating", "imdbVotes", "rating", "released", "rottenTomatoes", "runtime", "slug", "source", "title", "updatedAt", "usDvdSales", "usGross", "worldwideGross" FROM "Movie";
DROP TABLE "Movie";
ALTER TABLE "new_Movie" RENAME TO "Movie";
CREATE UNIQUE INDEX "Movie_slug_key" ON "Movie"("slug");
CREATE INDEX "Movie_title_idx" ON "Movie"("title");
CREATE INDEX "Movie_released_idx" ON "Movie"("released");
CREATE INDEX "Movie_imdbRating_imdbVotes_idx" ON "Movie"("imdbRating", "imdbVotes");
CREATE INDEX "Movie_imdbVotes_idx" ON "Movie"("imdbVotes");
CREATE INDEX "Movie_rottenTomatoes_idx" ON "Movie"("rottenTomatoes");
CREATE INDEX "Movie_worldwideGross_idx" ON "Movie"("worldwideGross");
CREATE INDEX "Movie_rating_released_idx" ON "Movie"("rating", "released");
CREATE INDEX "Movie_directorId_released_idx" ON "Movie"("directorId", "released");
CREATE INDEX "Movie_distributorId_released_idx" ON "Movie"("distributorId", "released");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- What app/signals/ratings.ts keeps from now on, for the reviews that there are.
UPDATE "Movie" SET
    "reviewCount" = (SELECT COUNT(*) FROM "Review" WHERE "Review"."movieId" = "Movie"."id" AND "Review"."status" = 'PUBLISHED'),
    "averageStars" = (SELECT AVG("stars") FROM "Review" WHERE "Review"."movieId" = "Movie"."id" AND "Review"."status" = 'PUBLISHED');
