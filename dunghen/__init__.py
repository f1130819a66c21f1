"""Đúng Hẹn: how often every Vietnamese authority returns papers on the promised day.

Data only walks forward: intake → warehouse → questions → figures → a page or an open-data address."""
